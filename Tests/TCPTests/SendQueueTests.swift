import TestKit
import Testing

@testable import TCP

/// The queue of references against a queue of bytes.
struct SendQueueTests {
  /// One byte of text: where it lies.
  struct Place: Equatable {
    var source: UInt32
    var offset: UInt32
  }

  /// A queue that writes every byte and every use of a source down.
  struct Model {
    var places: [Place] = []
    /// The sources of each run in order, with the bytes of it that are not acknowledged.
    var uses: [(source: UInt32, rest: Int)] = []

    mutating func append(_ run: TextRun) {
      var (source, offset) = (run.source.number, run.offset)
      for index in 0..<run.length {
        if index == 0 || offset == 0 { uses.append((source, 0)) }
        uses[uses.count - 1].rest += 1
        places.append(Place(source: source, offset: offset))
        offset += 1
        if offset == run.stride { (source, offset) = (source &+ 1, 0) }
      }
    }

    mutating func acknowledge(_ count: Int) {
      places.removeFirst(count)
      var rest = count
      for index in uses.indices where rest > 0 {
        let taken = min(rest, uses[index].rest)
        uses[index].rest -= taken
        rest -= taken
      }
    }

    mutating func release() -> [UInt32] {
      let released = uses.prefix { $0.rest == 0 }.map(\.source)
      uses.removeFirst(released.count)
      return released
    }
  }

  static func pieces(_ queue: SendQueue, at offset: Int, count: Int) -> [TextPiece] {
    var pieces: [TextPiece] = []
    var queue = queue
    queue.forEachPiece(at: offset, count: count) { piece in
      pieces.append(piece)
      return true
    }
    return pieces
  }

  static func places(_ pieces: [TextPiece]) -> [Place] {
    pieces.flatMap { piece in
      (0..<piece.count).map { Place(source: piece.source.number, offset: UInt32(piece.offset + $0)) }
    }
  }

  static func released(_ queue: inout SendQueue) -> [UInt32] {
    var released: [UInt32] = []
    while let source = queue.nextReleased() { released.append(source.number) }
    return released
  }

  @Test(arguments: 1...20)
  func `The queue names every byte and releases every source once`(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    var queue = SendQueue()
    var model = Model()
    let stride = UInt32.random(in: 1...40, using: &random)
    var end = (source: UInt32(7), offset: UInt32(0))
    for _ in 0..<300 {
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        if Bool.random(using: &random) { end = (.random(in: 0...99, using: &random), 0) }
        end.offset = Bool.random(using: &random) ? end.offset : .random(in: 0..<stride, using: &random)
        let length = UInt64.random(in: 0...120, using: &random)
        let run = TextRun(source: TextSource(end.source), offset: end.offset, stride: stride, length: length)
        let room = queue.room
        if queue.append(run) { model.append(run) } else { #expect(room == 0, "\(random)") }
        end = (run.end.source.number, run.end.offset)
      case 1:
        let count = Int.random(in: 0...model.places.count, using: &random)
        queue.acknowledge(UInt64(count))
        model.acknowledge(count)
      case 2: #expect(SendQueueTests.released(&queue) == model.release(), "\(random)")
      default:
        let offset = Int.random(in: 0...model.places.count, using: &random)
        let count = Int.random(in: 0...(model.places.count - offset), using: &random)
        let pieces = SendQueueTests.pieces(queue, at: offset, count: count)
        #expect(SendQueueTests.places(pieces) == [Place](model.places[offset..<(offset + count)]), "\(random)")
        let frame = pieces.prefix(SendQueue.mostPieces).reduce(0) { $0 + $1.count }
        #expect(queue.frameCount(at: offset, upTo: count) == frame, "\(random)")
      }
      #expect(queue.byteCount == UInt64(model.places.count), "\(random)")
      #expect(queue.isEmpty == model.places.isEmpty, "\(random)")
    }
    queue.abandon()
    model.acknowledge(model.places.count)
    #expect(SendQueueTests.released(&queue) == model.release(), "\(random)")
    #expect(queue.room == SendQueue.capacity, "\(random)")
  }

  @Test func `A run that continues the last takes no place of its own`() {
    var queue = SendQueue()
    for source in 0..<100 as Range<UInt32> {
      let isAppended = queue.append(TextRun(source: TextSource(source), offset: 0, stride: 10, length: 10))
      #expect(isAppended)
    }
    #expect(queue.runsInUse == 1)
    #expect(SendQueueTests.pieces(queue, at: 995, count: 5) == [TextPiece(source: TextSource(99), offset: 5, count: 5)])
  }

  @Test func `A run that continues the last within a source is one of its own`() {
    var queue = SendQueue()
    for offset in [0, 4] as [UInt32] {
      let isAppended = queue.append(TextRun(source: TextSource(1), offset: offset, stride: 10, length: 4))
      #expect(isAppended)
    }
    #expect(queue.runsInUse == 2)
    queue.acknowledge(8)
    #expect(SendQueueTests.released(&queue) == [1, 1])
  }

  @Test func `A ninth run is refused`() {
    var queue = SendQueue()
    for index in 0..<9 as Range<UInt32> {
      let isAppended = queue.append(TextRun(source: TextSource(2 * index), offset: 0, stride: 10, length: 3))
      #expect(isAppended == (index < 8))
    }
    #expect(queue.byteCount == 24)
    queue.acknowledge(3)
    #expect(queue.room == 0)
    #expect(queue.nextReleased() == TextSource(0))
    #expect(queue.room == 1)
  }

  @Test func `A run without text is nothing`() {
    var queue = SendQueue()
    let isAppended = queue.append(TextRun(source: TextSource(1), offset: 0, stride: 10, length: 0))
    #expect(isAppended)
    #expect(queue.runsInUse == 0)
    #expect(queue.nextReleased() == nil)
  }

  @Test func `Source numbers go on behind the last as behind any other`() {
    var queue = SendQueue()
    let isAppended = queue.append(TextRun(source: TextSource(.max), offset: 8, stride: 10, length: 7))
    #expect(isAppended)
    #expect(
      SendQueueTests.pieces(queue, at: 0, count: 7) == [
        TextPiece(source: TextSource(.max), offset: 8, count: 2), TextPiece(source: TextSource(0), offset: 0, count: 5),
      ])
  }

  @Test func `Text of more bytes than there are numbers is named to its end`() {
    var queue = SendQueue()
    let length = 50_000_000_000 as UInt64
    let isAppended = queue.append(TextRun(source: TextSource(0), offset: 0, stride: 64_240, length: length))
    #expect(isAppended)
    let last = Int(length - 1)
    #expect(
      SendQueueTests.pieces(queue, at: last, count: 1) == [
        TextPiece(source: TextSource(UInt32(last / 64_240)), offset: last % 64_240, count: 1)
      ])
  }
}
