import TCP
import Testing

/// SipHash-2-4 against the vectors of its authors.
struct SipHashTests {
  /// The key of the vectors: the bytes 00, 01, … 0F.
  static let hash = SipHash(key0: 0x0706_0504_0302_0100, key1: 0x0F0E_0D0C_0B0A_0908)

  @Test func `Sixteen bytes hash to the seventeenth vector of the reference implementation`() {
    let hash = SipHashTests.hash.hash(0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908)
    // vectors_sip64[16] = db 9b c2 57 7f cc 2a 3f.
    #expect(hash == 0x3F2A_CC7F_57C2_9BDB)
  }

  @Test func `Another key, or another bit of the text, is another hash`() {
    let words: [(UInt64, UInt64)] = [(1, 2), (0, 2), (1, 3), (1 << 63, 2)]
    let keys = [SipHashTests.hash, SipHash(key0: 0, key1: 0), SipHash(key0: 0, key1: 1)]
    let hashes = keys.flatMap { key in words.map { key.hash($0, $1) } }
    #expect(Set(hashes).count == hashes.count)
  }
}
