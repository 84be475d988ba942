import Time
import Wire

/// The seventh and eighth step of SEGMENT ARRIVES: text and FIN (RFC 9293 §3.10.7.4).
extension Connection {
  /// Seventh: what of the text is new, and is it in order?
  @inline(__always)
  mutating func processText(
    _ segment: Segment, canKeepText: Bool, _ arrival: inout Arrival, at now: Instant
  ) {
    guard segment.textCount > 0, !isPeerFinished else { return }
    let textStart = segment.sequence
    let textEnd = textStart + UInt32(truncatingIfNeeded: segment.textCount)
    let left = SequenceNumber.max(textStart, rcv.nxt)
    let limit = rcv.fin ?? rcv.edge
    let right = textEnd > limit ? limit : textEnd
    guard left < right else {
      // What the window, or the end of the text, has no room for is not here.
      if textEnd <= rcv.nxt { noteTwice(SelectiveBlock(left: textStart, right: textEnd)) }
      obligation = .due
      return
    }
    let first = left.distance(from: textStart)
    let text = first..<(first + right.distance(from: left))
    arrival.textOffset = left.distance(from: rcv.read)
    if left == rcv.nxt {
      arrival.text = text
      inOrder(upTo: right, isLong: segment.textCount > Int(snd.mss), &arrival, at: now)
    } else {
      // Text behind a gap is kept if there is a place for it; either way the peer hears at once what is missing.
      obligation = .due
      let block = SelectiveBlock(left: left, right: right)
      if rcv.ahead.contains(block) { noteTwice(block) }
      let isKept = canKeepText && rcv.ahead.insert(block)
      if isKept { arrival.text = text }
    }
  }

  /// Remembers text that has come before, to tell the peer so (RFC 2883 §4).
  mutating func noteTwice(_ block: SelectiveBlock) {
    if isSelective, block.left < block.right { rcv.twice = block }
  }

  /// Text that continues what there is: RCV.NXT moves, past what had arrived before it as well.
  /// - Parameter isLong: whether the text came in several segments that a device has put together.
  private mutating func inOrder(
    upTo right: SequenceNumber, isLong: Bool, _ arrival: inout Arrival, at now: Instant
  ) {
    let fillsGap = !rcv.ahead.isEmpty
    rcv.nxt = rcv.ahead.advance(from: right)
    arrival.hasText = true
    // RFC 5681 §4.2: at least every second segment, and at once when a gap closes.
    switch obligation {
    case .none where mergesAcknowledgments && !fillsGap && !isLong:
      obligation = .delayed(until: now + Obligation.longestDelay)
    case .none, .delayed, .due: obligation = .due
    }
  }

  /// Eighth: the FIN, once everything before it is here.
  @inline(__always)
  mutating func processFinish(_ segment: Segment, _ arrival: inout Arrival, at now: Instant) {
    if segment.header.control == .fin { noteFinish(at: segment.end - 1) }
    guard let fin = rcv.fin, fin == rcv.nxt else { return }
    rcv.nxt += 1
    if rcv.edge < rcv.nxt { rcv.edge = rcv.nxt }
    obligation = .due
    arrival.isPeerFinished = true
    switch state {
    case .established: state = .closeWait
    // A FIN of ours that still waits behind text is sent from LAST-ACK, as if CLOSE had come after the peer's.
    case .finWait1: state = isFinSent ? .closing : .lastAck
    case .finWait2:
      state = .timeWait
      arrival.ending = .timeWait
    case .closing, .closeWait, .lastAck, .timeWait, .closed: break
    }
  }

  /// Remembers where the peer's text ends. A FIN beyond the window, or in the midst of what is here already, is none.
  private mutating func noteFinish(at fin: SequenceNumber) {
    guard rcv.fin == nil, fin >= rcv.ahead.end ?? rcv.nxt else { return }
    if fin <= rcv.edge { rcv.fin = fin }
    // A FIN behind a gap is out of order like any text (RFC 5681 §4.2).
    if fin > rcv.nxt { obligation = .due }
  }

  /// Whether the peer's FIN was reached: no text follows.
  package var isPeerFinished: Bool {
    guard let fin = rcv.fin else { return false }
    return rcv.nxt > fin
  }

  /// The application has taken `count` bytes of the text in order.
  @inline(__always)
  package mutating func consume(_ count: Int) {
    precondition(count >= 0 && count <= unread, "more consumed than was in order")
    rcv.read += UInt32(truncatingIfNeeded: count)
    // A peer that was stopped hears when there is room again.
    if rcv.wnd < rcv.capacity / 4, rcv.freeEdge.distance(from: rcv.edge) >= Int(rcv.capacity / 4) {
      obligation = .due
    }
  }

  /// Takes back that the unread text has arrived, of which nothing was acknowledged yet.
  /// - Returns: false, with nothing changed, where more than text would have to be taken back.
  package mutating func declineText() -> Bool {
    guard rcv.ahead.isEmpty, !isPeerFinished else { return false }
    rcv.nxt = rcv.read
    return true
  }

  /// Takes all unread text as consumed, and forgets what has arrived behind a gap, as a receiver may until it has
  /// acknowledged it (RFC 2018 §8).
  package mutating func discardText() {
    consume(unread)
    rcv.ahead = OutOfOrder()
  }

  /// Bytes of text in order that wait to be consumed.
  @inline(__always)
  package var unread: Int {
    rcv.nxt.distance(from: rcv.read) - (isPeerFinished ? 1 : 0)
  }

  /// Bytes from the first unread one to the end of all text that is here, gaps included.
  package var held: Int {
    rcv.ahead.end?.distance(from: rcv.read) ?? unread
  }
}
