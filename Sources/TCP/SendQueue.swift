/// The text a connection has been given to send and that is not yet acknowledged: references, never bytes.
///
/// A retransmission reads the same references again. The queue holds up to eight runs; a run that continues the one
/// before it takes no place of its own.
package struct SendQueue: Sendable {
  /// The most runs there can be.
  package static let capacity = 8

  /// The most pieces of text, each inside one source, that one frame may be made of.
  package static let mostPieces = 4

  private var runs: [8 of PackedRun]
  private var first: UInt8 = 0
  private var runCount: UInt8 = 0

  /// Bytes acknowledged whose references have not been released yet; they are the first bytes of the runs.
  private var acknowledged: UInt64 = 0

  /// Bytes that are not yet acknowledged.
  package private(set) var byteCount: UInt64 = 0

  /// An empty queue.
  package init() {
    self.runs = .init(repeating: PackedRun())
  }

  /// How many more runs can certainly be appended.
  package var room: Int { SendQueue.capacity - Int(runCount) }

  /// Whether nothing waits for an acknowledgment.
  package var isEmpty: Bool { byteCount == 0 }

  /// Appends text.
  /// - Returns: false, with nothing appended, when the queue is full.
  @inline(__always)
  package mutating func append(_ run: TextRun) -> Bool {
    guard run.length > 0 else { return true }
    if runCount > 0, run.offset == 0 {
      let last = slot(Int(runCount) - 1)
      let before = runs[last].run
      if before.stride == run.stride, before.end == (run.source, run.offset) {
        runs[last].length += run.length
        byteCount += run.length
        return true
      }
    }
    guard room > 0 else { return false }
    runs[slot(Int(runCount))] = PackedRun(run)
    runCount += 1
    byteCount += run.length
    return true
  }

  /// Where in the ring the run at `position` stands.
  private func slot(_ position: Int) -> Int { (Int(first) + position) & (SendQueue.capacity - 1) }
}

extension SendQueue {
  /// Takes note that the first `count` unacknowledged bytes have arrived. Their sources come out of `nextReleased`.
  mutating func acknowledge(_ count: UInt64) {
    precondition(count <= byteCount, "more acknowledged than was queued")
    acknowledged += count
    byteCount -= count
  }

  /// A source of which the queue needs no byte of one run any more, once for every run and source; nil when there is none.
  @inline(__always)
  package mutating func nextReleased() -> TextSource? {
    guard runCount > 0, acknowledged > 0 else { return nil }
    let front = slot(0)
    var run = runs[front].run
    let part = run.lengthInFirstSource
    let source = run.source
    if acknowledged < part {
      run.dropFirst(acknowledged)
      runs[front] = PackedRun(run)
      acknowledged = 0
      return nil
    }
    acknowledged -= part
    if part == run.length {
      first = UInt8(truncatingIfNeeded: slot(1))
      runCount -= 1
    } else {
      run.dropFirst(part)
      runs[front] = PackedRun(run)
    }
    return source
  }

  /// Gives up all text that is left: from here on every source comes out of `nextReleased`.
  package mutating func abandon() {
    acknowledge(byteCount)
  }

  /// Calls `body` with the pieces, in order, of the text that begins `offset` bytes behind the first unacknowledged byte
  /// and is `count` bytes long; ends early when `body` returns false.
  ///
  /// Nothing is changed; but whoever reads a run of a queue that is a value copies the queue.
  @inline(__always)
  package mutating func forEachPiece(at offset: Int, count: Int, _ body: (TextPiece) -> Bool) {
    var skip = unreleased + UInt64(offset)
    var rest = UInt64(count)
    for position in 0..<runsInUse where rest > 0 {
      let run = run(at: position)
      if skip >= run.length {
        skip -= run.length
        continue
      }
      var begin = UInt64(run.offset) + skip
      var left = min(run.length - skip, rest)
      skip = 0
      rest -= left
      while left > 0 {
        // Most runs lie in one source, and a division takes longer than all else here.
        let (sources, inside) =
          begin < UInt64(run.stride) ? (0, begin) : begin.quotientAndRemainder(dividingBy: UInt64(run.stride))
        let length = min(left, UInt64(run.stride) - inside)
        let source = TextSource(run.source.number &+ UInt32(truncatingIfNeeded: sources))
        guard body(TextPiece(source: source, offset: Int(inside), count: Int(length))) else { return }
        begin += length
        left -= length
      }
    }
  }

  /// Whether there are no more runs than a frame may have pieces, and each lies in one source: as with most answers.
  private var isInFewSources: Bool {
    @inline(__always)
    mutating get {
      guard runsInUse <= SendQueue.mostPieces else { return false }
      for position in 0..<runsInUse where !runs[slot(position)].isInOneSource { return false }
      return true
    }
  }

  /// How many bytes, at most `count`, the first pieces at `offset` hold, as many pieces as a frame may have. There must be
  /// `count` bytes there.
  mutating func frameCount(at offset: Int, upTo count: Int) -> Int {
    guard count > 0, !isInFewSources else { return count }
    var pieces = 0
    var sum = 0
    forEachPiece(at: offset, count: count) { piece in
      pieces += 1
      sum += piece.count
      return pieces < SendQueue.mostPieces
    }
    return sum
  }

  /// Bytes at the front that are acknowledged but not released.
  package var unreleased: UInt64 { acknowledged }

  /// How many runs are in use.
  package var runsInUse: Int { Int(runCount) }

  /// The run at a position, 0 the oldest.
  package func run(at position: Int) -> TextRun { runs[slot(position)].run }
}

/// A run in sixteen bytes, as a connection keeps it: there may be a million of them.
private struct PackedRun {
  var length: UInt64 = 0
  private var source: UInt32 = 0
  private var offset: UInt16 = 0
  /// One less than the stride, which may be 65,536.
  private var lastOffset: UInt16 = 0

  init() {}

  /// Packs a run; traps where a source holds more text than a block can.
  init(_ run: TextRun) {
    length = run.length
    source = run.source.number
    offset = UInt16(run.offset)
    lastOffset = UInt16(run.stride - 1)
  }

  /// Whether it ends in the source in which it begins.
  var isInOneSource: Bool { UInt64(offset) &+ length <= UInt64(lastOffset) &+ 1 }

  var run: TextRun {
    TextRun(source: TextSource(source), offset: UInt32(offset), stride: UInt32(lastOffset) + 1, length: length)
  }
}
