import TCP
import TestKit
import Testing
import Time
import Wire

/// What a peer can make a connection remember with selective acknowledgments (CVE-2019-11478).
struct SelectionLimitTests {
  /// Sends ten segments, and has the peer claim every other stretch of so many bytes behind the first `missing`.
  /// - Returns: the places that the connection has taken then.
  private static func placesTaken(blocksOf length: Int, behind missing: Int) -> Int {
    var ranges = SentRanges(capacity: 65_536)
    var connection = Connection.established(isSelective: true)
    _ = connection.append(TextRun(source: TextSource(0), offset: 0, stride: 65_536, length: 65_536))
    _ = connection.segments(&ranges)
    for first in stride(from: missing + 1, to: 14_602 - length, by: 2 * length) {
      var blocks = SelectiveBlocks()
      blocks.append(
        SelectiveBlock(
          left: SequenceNumber(UInt32(1_000 + first)), right: SequenceNumber(UInt32(1_000 + first + length))))
      let segment = Segment(options: .segment(SegmentOptions(selective: blocks)))
      _ = connection.segmentArrives(segment, &ranges, at: .epoch + .milliseconds(1))
    }
    return 65_536 - ranges.available
  }

  @Test(arguments: [1, 2, 100]) func `Blocks of a few bytes take no more places than segments would`(length: Int) {
    let taken = SelectionLimitTests.placesTaken(blocksOf: length, behind: 2)
    #expect(taken > 0)
    #expect(taken <= 16 + 2 * 10)
  }

  @Test func `Blocks of whole segments all have their place`() {
    #expect(SelectionLimitTests.placesTaken(blocksOf: 1_460, behind: 1_460) >= 8)
  }
}
