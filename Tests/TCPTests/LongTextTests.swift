import TCP
import TestKit
import Testing
import Time
import Wire

/// Texts with more bytes than there are sequence numbers.
struct LongTextTests {
  static let lengths: [UInt64] = [
    1 << 31 - 1, 1 << 31, 1 << 31 + 1_460, 3_000_000_000, 1 << 32 - 1, 1 << 32, 1 << 32 + 1_460, 50_000_000_000,
  ]

  /// A connection that was closed behind a text of this length.
  static func closed(behind length: UInt64) -> Connection {
    var connection = Connection.established()
    let isAppended = connection.append(TextRun(source: TextSource(0), offset: 0, stride: 64_240, length: length))
    #expect(isAppended)
    connection.finish(at: .epoch)
    return connection
  }

  @Test(arguments: lengths)
  func `An acknowledgment of the beginning is none of the FIN`(length: UInt64) {
    var connection = LongTextTests.closed(behind: length)
    #expect(connection.segments().count == 10)
    for count in 1...10 {
      let arrival = connection.segmentArrives(Segment(acknowledgment: 1 + 1_460 * count), at: .epoch)
      #expect(arrival.acknowledgedCount == 1_460)
      #expect(connection.state == .finWait1)
      #expect(connection.queue.byteCount == length - UInt64(1_460 * count))
    }
  }

  @Test(arguments: lengths)
  func `What is sent again from the beginning has no FIN`(length: UInt64) {
    var connection = LongTextTests.closed(behind: length)
    _ = connection.segments()
    for _ in 0..<3 { _ = connection.segmentArrives(Segment(), at: .epoch) }
    let again = connection.segments()
    #expect(again.map(\.isRetransmission) == [true])
    #expect(again.map(\.control) == [.none])
  }
}
