import Time
import Wire

/// What the peer says it holds ahead of a gap (RFC 2018, RFC 2883, RFC 6675 §4).
extension Connection {
  /// Takes in the blocks of an acknowledgment. What cannot be true of what is in flight is passed over.
  mutating func takeSelections(
    _ segment: Segment, _ number: SequenceNumber, _ news: inout AcknowledgmentNews, _ ranges: inout SentRanges
  ) {
    guard case .segment(let options) = segment.header.options, options.selective.count > 0 else { return }
    news.twice = duplicate(options.selective, number)
    // A receiver holds segments, and blocks of single bytes would only cost memory and time (CVE-2019-11478): two places for
    // each segment are enough, and a few more since some are short.
    let mostPlaces = 16 &+ 2 &* (snd.flight / UInt32(snd.mss))
    for index in (news.twice == nil ? 0 : 1)..<options.selective.count {
      let block = options.selective[index]
      guard block.left < block.right, block.left >= snd.una, block.right <= snd.max else { continue }
      // What begins at SND.UNA would have been acknowledged.
      guard block.left > number else { continue }
      news.hasSelections = true
      flight.select(block, upTo: mostPlaces, &news.delivery, &ranges)
    }
  }

  /// The first block, if it tells of something that arrived twice: it lies below the acknowledgment, or inside the second
  /// block (RFC 2883 §4).
  private func duplicate(_ blocks: SelectiveBlocks, _ number: SequenceNumber) -> SelectiveBlock? {
    let first = blocks[0]
    guard first.left < first.right, first.right <= snd.max, first.left >= number - snd.largestWindow else { return nil }
    if first.left < number { return first }
    guard blocks.count > 1, first.left >= blocks[1].left, first.right <= blocks[1].right else { return nil }
    return first
  }
}
