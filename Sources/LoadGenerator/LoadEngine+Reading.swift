import Stack
import TCP
import Time
import Wire

/// Answers.
extension LoadEngine {
  /// Reads text that lies in a frame. Only the beginning of a head is kept.
  mutating func read(_ text: RawSpan, of id: ConnectionID, at now: Instant) {
    guard let consumed = readAnswers(in: text, of: id, at: now) else { return }
    host.consume(consumed, of: id)
    guard consumed < text.byteCount, !host.keep(text.extracting(droppingFirst: consumed), of: id) else { return }
    giveUp(id, .malformed, at: now)
  }

  /// Reads text that lies in a receive buffer. It is moved out of the host's way, since reading changes the host.
  mutating func readBuffered(_ id: ConnectionID, at now: Instant) {
    guard host.unreadCount(of: id) > 0, var memory = scratch.take() else { return }
    let count = host.copyBufferedText(of: id, to: &memory)
    let consumed = readAnswers(in: memory.bytes(at: 0, count: count), of: id, at: now)
    scratch = consume memory
    if let consumed { host.consume(consumed, of: id) }
  }

  /// Reads as many answers as there are.
  /// - Returns: how many bytes were consumed; nil when the connection is gone.
  private mutating func readAnswers(in text: RawSpan, of id: ConnectionID, at now: Instant) -> Int? {
    var offset = 0
    while offset < text.byteCount {
      // Behind the last answer nothing is read any more.
      guard lines[id.index].phase == .open, lines[id.index].count > 0 else { return text.byteCount }
      if lines[id.index].bodyLeft == nil {
        switch readHead(text.extracting(droppingFirst: offset), of: id) {
        case .success(0): return offset
        case .success(let count): offset += count
        case .failure(let failure):
          giveUp(id, failure, at: now)
          return nil
        }
      }
      guard readBody(text, from: &offset, of: id) else {
        giveUp(id, .mismatch, at: now)
        return nil
      }
      if lines[id.index].bodyLeft == 0 { complete(id, at: now) }
    }
    return offset
  }

  /// Reads a head.
  /// - Returns: its bytes; 0 when more of them must come.
  private mutating func readHead(_ text: RawSpan, of id: ConnectionID) -> Result<Int, LoadFailure> {
    switch knownHead.read(text) {
    case .incomplete: return .success(0)
    case .unreadable(let failure): return .failure(failure)
    case .head(let head):
      let number = Int(lines[id.index].oldest.number)
      if head.status >= 400 {
        counters[.status] += 1
      } else if head.status >= 200, !requests.accepts(length: head.bodyCount, of: number) {
        return .failure(.mismatch)
      }
      counters.bytes += UInt64(head.byteCount)
      // An interim answer is followed by the one that counts (RFC 9110 §15.2).
      guard head.status >= 200 else { return .success(head.byteCount) }
      lines[id.index].bodyLeft = head.bodyCount
      lines[id.index].bodyCount = head.status < 300 ? head.bodyCount : 0
      lines[id.index].isLast = head.isLast
      return .success(head.byteCount)
    }
  }

  /// Reads what is there of a body.
  /// - Returns: whether it is what was to come.
  private mutating func readBody(_ text: RawSpan, from offset: inout Int, of id: ConnectionID) -> Bool {
    guard let left = lines[id.index].bodyLeft, left > 0 else { return true }
    let count = Int(min(left, UInt64(text.byteCount - offset)))
    let isPlain = lines[id.index].bodyCount == 0
    let place = lines[id.index].bodyCount &- left
    let number = Int(lines[id.index].oldest.number)
    let isRight = isPlain || requests.accepts(text.extracting(offset..<(offset + count)), at: place, of: number)
    lines[id.index].bodyLeft = left - UInt64(count)
    counters.bodyBytes += UInt64(count)
    counters.bytes += UInt64(count)
    offset += count
    return isRight
  }

  /// The oldest request on a connection is answered.
  private mutating func complete(_ id: ConnectionID, at now: Instant) {
    let isLast = lines[id.index].isLast
    counters.answered += 1
    pendingCount -= 1
    lastAnswer = now
    latencies.append(now.since(lines[id.index].oldest.due))
    lines[id.index].bodyLeft = nil
    lines[id.index].removeOldest()
    guard isLast || plan.reuse == .never else { return offer(id) }
    // Our side closes with the acknowledgment of the server's FIN, so that the server remembers the connection, not we.
    lines[id.index].phase = .closing
    lineCount -= 1
    host.setDeadline(now + plan.patience, on: id)
  }
}
