import TCP
import Time
import Wire

/// One connection at work: segments of a peer who knows all numbers and lies about some, time that passes, and an
/// application. Acknowledgments and what the peer says it holds fall into what is in flight more often than not, which bytes
/// made up at random hardly ever do. Whatever comes, the variables stay in order, what is known of the flight adds up, and
/// the connection falls silent.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  guard let start = unsafe start, count > 4 else { return 0 }
  let bytes = unsafe RawSpan(_unsafeStart: UnsafeRawPointer(start), byteCount: count)
  var stage = Stage(Story(bytes))
  while stage.step() {}
  stage.fallSilent()
  return 0
}

/// A connection, its peer, and the story that is read.
private struct Stage: ~Copyable, ~Escapable {
  private var story: Story
  private var now = Instant(nanoseconds: 1_000_000_000)
  private var connection: Connection
  private var ranges: SentRanges
  private var peerNext: SequenceNumber
  private let largestText: Int
  private static let port: UInt16 = 80

  /// The first byte chooses what both ends can do.
  @_lifetime(copy start)
  init(_ start: consuming Story) {
    story = start
    let choice = story.next()
    let options = HandshakeOptions(
      maximumSegmentSize: choice & 1 == 0 ? 1_460 : 100, windowScale: choice & 2 == 0 ? 7 : nil,
      selectiveAcknowledgments: choice & 4 == 0,
      timestamps: choice & 8 == 0 ? nil : Timestamps(value: 0xFFFF_FF00, echo: 0))
    let syn = TCPHeader(
      sourcePort: 40_000, destinationPort: Stage.port, sequence: SequenceNumber(0xFFFF_F000), control: .syn,
      window: 65_535, options: .handshake(options))
    var offer = HandshakeOffer(mss: 1_460)
    offer.hasTimestamps = choice & 8 != 0
    offer.congestion = choice & 16 == 0 ? .cubic : .newReno
    let half = HalfOpen(
      answering: Segment(header: syn, textCount: 0), iss: SequenceNumber(0x7FFF_F000), offer: offer, at: now)
    connection = half.connection(window: 65_535, at: now)
    peerNext = syn.sequence + 1
    largestText = choice & 32 == 0 ? 0 : 64_240
    ranges = SentRanges(capacity: choice & 64 == 0 ? 64 : 2)
  }

  /// Reads and does one thing; false at the end. Segments may be read together before anything is sent.
  mutating func step() -> Bool {
    guard !story.isOver, !connection.hasEnded else { return false }
    let act = story.next()
    switch act & 15 {
    case 0...8: segment(hasText: act & 32 != 0, isOdd: act & 64 != 0)
    case 9, 10: pass(.microseconds(UInt64(story.next16())))
    case 11, 12: pass(.milliseconds(UInt64(story.next16())))
    case 13: append()
    case 14: connection.finish(at: now)
    default: _ = connection.narrowPath(to: 88 + story.next16() % 1_400, &ranges, at: now)
    }
    if act & 16 == 0 { transmit() }
    return true
  }

  /// A number in flight, or one near it.
  private mutating func number() -> SequenceNumber {
    let part = UInt32(story.next16())
    let flight = connection.snd.flight
    guard part & 0x8000 == 0 else { return connection.snd.una + (part & 0x7FFF) - 0x4000 }
    return connection.snd.una + UInt32(UInt64(flight) * UInt64(part) / 0x7FFF)
  }

  /// A segment of the peer, most often an acknowledgment.
  private mutating func segment(hasText: Bool, isOdd: Bool) {
    let (kind, flags) = (story.next(), isOdd ? story.next() : 0)
    let control = (try? TCPControl(flags: flags)) ?? .none
    var header = TCPHeader(
      sourcePort: 40_000, destinationPort: Stage.port, sequence: peerNext,
      acknowledgment: kind & 1 == 0 ? number() : connection.snd.una, control: control,
      window: kind & 2 == 0 ? 65_535 : story.next16())
    if kind & 4 != 0 { header.sequence = peerNext + UInt32(story.next16()) - 0x8000 }
    if isOdd, flags & 16 != 0 { header.acknowledgment = nil }
    var options = SegmentOptions()
    for _ in 0..<(kind >> 4 & 3) {
      let (left, right) = (number(), number())
      options.selective.append(SelectiveBlock(left: left < right ? left : right, right: .max(left, right)))
    }
    if kind & 8 != 0 {
      options.timestamps = Timestamps(value: 0xFFFF_FF00 &+ UInt32(story.next()), echo: UInt32(story.next16()))
    }
    if options.selective.count > 0 || options.timestamps != nil { header.options = .segment(options) }
    let segment = Segment(header: header, textCount: hasText ? Int(story.next16() & 0x7FF) : 0)
    let arrival = connection.segmentArrives(segment, canKeepText: kind & 128 == 0, &ranges, at: now)
    precondition(arrival.text.upperBound <= segment.textCount, "more text than has come")
    if kind & 128 == 0, connection.unread > 0 { connection.consume(connection.unread) }
    peerNext = connection.rcv.nxt
    while connection.nextReleasedSource() != nil {}
    check()
  }

  private mutating func append() {
    let run = TextRun(
      source: TextSource(UInt32(story.next())), offset: 0, stride: 64_240, length: UInt64(story.next16()) * 4)
    _ = connection.append(run)
    connection.expectsMoreText = story.next() & 7 == 7 && !connection.isFinished
  }

  private mutating func pass(_ interval: Interval) {
    now = now + interval
    _ = connection.fire(&ranges, at: now)
    while connection.nextReleasedSource() != nil {}
    check()
  }

  private mutating func transmit() {
    var count = 0
    // All that waits, twice over: a connection whose window is open sends what was lost and what is new in one go.
    let most = 100 + 2 * Int(clamping: connection.queue.byteCount) / Int(connection.snd.mss)
    while let segment = connection.nextSegment(at: now, largestText: largestText, &ranges) {
      count += 1
      precondition(count < most, "the connection does not stop sending")
      let snd = connection.snd
      precondition(segment.sequence >= snd.una || segment.textCount == 0, "what is acknowledged is sent again")
      precondition(
        segment.textOffset + segment.textCount <= Int(clamping: connection.queue.byteCount), "text that there is not")
      precondition(segment.sequence + UInt32(segment.textCount) <= snd.max, "what was sent was not noted")
      check()
    }
    precondition(
      connection.hasEnded || connection.snd.flight == 0 || connection.timer != .off, "in flight without a timer")
  }

  /// What holds after each segment, in either direction.
  private func check() {
    guard !connection.hasEnded else { return }
    let (snd, rcv) = (connection.snd, connection.rcv)
    precondition(snd.una <= snd.nxt && snd.nxt <= snd.max, "SND is out of order")
    precondition(rcv.read <= rcv.nxt && rcv.nxt <= rcv.edge, "RCV is out of order")
    precondition(connection.congestion.window >= UInt32(snd.mss), "the window is below a segment")
    var next = snd.una
    var (selected, lost): (UInt32, UInt32) = (0, 0)
    connection.flight.forEachRange(ranges) { range in
      precondition(range.first == next && range.first < range.end, "the ranges have gaps")
      if range.isSelected { selected += range.count }
      if range.isLost { lost += range.count }
      next = range.end
    }
    precondition(next == snd.nxt, "the ranges do not end at SND.NXT")
    precondition(selected == connection.flight.selected && lost == connection.flight.lost, "marks do not add up")
  }

  /// Time passes and nobody answers: at last there is nothing to wait for.
  mutating func fallSilent() {
    var deadlines = 0
    transmit()
    while !connection.hasEnded, connection.nextDeadline != .never {
      now = max(now, connection.nextDeadline)
      let before = connection.snd.nxt
      _ = connection.fire(&ranges, at: now)
      transmit()
      // Text that is paced leaves a segment a deadline, and there is only so much of it.
      if connection.snd.nxt == before { deadlines += 1 }
      precondition(deadlines < 200, "the connection does not fall silent")
    }
  }
}
