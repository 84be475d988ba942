import TCP
import TestKit
import Testing
import Time
import Wire

/// Acknowledgments that are read together, before anything is sent: what they allow is what they would have allowed one by
/// one (RFC 9937).
struct ReadTogetherTests {
  /// A connection with ten segments in flight, which left 100 ms ago, and more text behind them.
  static func inFlight(text: UInt64, _ ranges: inout SentRanges) -> Connection {
    var connection = Connection.established(isSelective: true)
    let run = TextRun(source: TextSource(1), offset: 0, stride: 64_240, length: text)
    precondition(connection.append(run), "no room")
    _ = connection.segments(&ranges)
    return connection
  }

  static let later = Instant.epoch + .milliseconds(100)

  static func acknowledgment(_ number: Int, holding block: Range<UInt32>? = nil) -> Segment {
    var options = SegmentOptions()
    if let block {
      options.selective.append(
        SelectiveBlock(
          left: SequenceNumber(1_000 + block.lowerBound), right: SequenceNumber(1_000 + block.upperBound)))
    }
    return Segment(acknowledgment: number, options: block == nil ? .none : .segment(options))
  }

  /// Six segments are acknowledged, the seventh is missing, three more are held.
  static let story = [
    acknowledgment(1_461), acknowledgment(2_921), acknowledgment(4_381), acknowledgment(5_841), acknowledgment(7_301),
    acknowledgment(8_761), acknowledgment(8_761, holding: 10_221..<11_681),
    acknowledgment(8_761, holding: 10_221..<13_141), acknowledgment(8_761, holding: 10_221..<14_601),
  ]

  /// What leaves behind all of the story.
  static func sent(text: UInt64, together: Bool) -> (connection: Connection, sequences: [UInt32]) {
    var ranges = SentRanges(capacity: 100)
    var connection = inFlight(text: text, &ranges)
    var sequences = [UInt32]()
    for segment in story {
      _ = connection.segmentArrives(segment, &ranges, at: later)
      if !together { sequences += connection.segments(&ranges, at: later).map { $0.sequence.value - 1_000 } }
    }
    if together { sequences += connection.segments(&ranges, at: later).map { $0.sequence.value - 1_000 } }
    return (connection, sequences)
  }

  @Test func `A loss among acknowledgments that open the window does not close it`() {
    let (single, together) = (
      ReadTogetherTests.sent(text: 100_000, together: false), ReadTogetherTests.sent(text: 100_000, together: true)
    )
    #expect(together.sequences.sorted() == single.sequences.sorted())
    #expect(together.sequences.first == 8_761)
    #expect(together.connection.pipe == single.connection.pipe)
    #expect(together.connection.congestion.threshold == single.connection.congestion.threshold)
  }

  @Test func `No more is allowed than there is text`() {
    let (connection, sequences) = ReadTogetherTests.sent(text: 17_520, together: true)
    #expect(sequences == [8_761, 14_601, 16_061])
    #expect(connection.pipe == 4_380)
  }

  @Test func `What leaves belated counts as sent before the loss`() {
    var ranges = SentRanges(capacity: 100)
    var connection = ReadTogetherTests.inFlight(text: 100_000, &ranges)
    for segment in ReadTogetherTests.story {
      _ = connection.segmentArrives(segment, &ranges, at: ReadTogetherTests.later)
    }
    _ = connection.segments(&ranges, at: ReadTogetherTests.later)
    let soon = ReadTogetherTests.later + .milliseconds(100)
    // All but the second of the segments that left together have arrived: the recovery goes on.
    let threshold = connection.congestion.threshold
    for segment in [
      ReadTogetherTests.acknowledgment(16_061), ReadTogetherTests.acknowledgment(16_061, holding: 17_521..<35_041),
    ] { _ = connection.segmentArrives(segment, &ranges, at: soon) }
    #expect(connection.recovery.phase == .repairing)
    #expect(connection.flight.lost == 1_460)
    #expect(connection.congestion.threshold == threshold)
  }
}
