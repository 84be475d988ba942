import Wire

/// Text of which every byte can be told from where it stands, so that a wrong, lost or moved byte is seen.
package enum PatternText {
  /// After so many bytes the text begins again: a prime, which no block or segment size divides.
  private static let period = 65_521

  private static let table: [UInt8] = {
    var random = SeededRandom(exactly: 1)
    let once = random.bytes(count: period)
    return once + once + once
  }()

  /// The text from `position` on, which may be negative; at most 131,042 bytes of it.
  package static func bytes(at position: Int, count: Int) -> ArraySlice<UInt8> {
    let start = position >= 0 ? position % period : period - 1 - (-1 - position) % period
    return table[start..<(start + count)]
  }

  /// Whether `bytes` are the text from `position` on.
  package static func matches(_ bytes: RawSpan, at position: Int) -> Bool {
    let table = table
    let expected = table.rawSpan.extracting(position % period..<(position % period + bytes.byteCount))
    let words = bytes.byteCount / 8
    for word in 0..<words where bytes.uint64(at: 8 * word) != expected.uint64(at: 8 * word) { return false }
    for offset in (8 * words)..<bytes.byteCount where bytes.byte(at: offset) != expected.byte(at: offset) {
      return false
    }
    return true
  }
}
