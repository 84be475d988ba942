import TestKit
import Testing
import Wire

/// Sums of bytes against known values and against the definition.
struct InternetChecksumTests {
  /// The definition (RFC 1071 §1), word by word with the carry brought around each time.
  static func reference(_ bytes: ArraySlice<UInt8>) -> UInt16 {
    var sum: UInt32 = 0
    for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: 2) {
      let low = start + 1 < bytes.endIndex ? bytes[start + 1] : 0
      sum += UInt32(bytes[start]) << 8 | UInt32(low)
      if sum > 0xFFFF { sum -= 0xFFFF }
    }
    return UInt16(sum)
  }

  static func sum(_ bytes: ArraySlice<UInt8>) -> InternetChecksum {
    InternetChecksum(summing: Array(bytes).rawSpan)
  }

  @Test func `The example of RFC 1071 §3 sums to DDF2`() {
    let bytes = [UInt8](hex: "00 01 F2 03 F4 F5 F6 F7")
    let checksum = InternetChecksum(summing: bytes.rawSpan)
    #expect(checksum.folded == 0xDDF2)
    #expect(checksum.field == 0x220D)
  }

  @Test func `A captured IPv4 header adds up`() {
    let bytes = [UInt8](hex: "4500 0073 0000 4000 4011 B861 C0A8 0001 C0A8 00C7")
    #expect(InternetChecksum(summing: bytes.rawSpan).isValid)
  }

  @Test func `One wrong bit does not add up`() {
    let bytes = [UInt8](hex: "4500 0073 0000 4000 4011 B861 C0A8 0001 C0A8 00C7")
    for bit in 0..<bytes.count * 8 {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(!InternetChecksum(summing: damaged.rawSpan).isValid, "bit \(bit)")
    }
  }

  @Test(
    arguments: [
      ("", 0x0000), ("12", 0x1200), ("12 34", 0x1234), ("12 34 56", 0x6834), ("FF FF", 0xFFFF), ("FF FF 00 01", 0x0001),
      ("FF FF FF FF FF FF", 0xFFFF), ("00 00 00 00", 0x0000), ("80 00 80 00", 0x0001), ("FF", 0xFF00),
    ] as [(String, UInt16)])
  func `Short pieces sum as by hand`(dump: String, folded: UInt16) {
    let bytes = [UInt8](hex: dump)
    #expect(InternetChecksum(summing: bytes.rawSpan).folded == folded)
  }

  @Test func `Every length at every alignment is summed by the definition`() {
    var random = SeededRandom(seed: 1_071)
    let memory = random.bytes(count: 320)
    for length in 0...300 {
      for alignment in 0..<16 {
        let span = memory.rawSpan.extracting(alignment..<(alignment + length))
        let expected = InternetChecksumTests.reference(memory[alignment..<(alignment + length)])
        let sum = InternetChecksum(summing: span)
        #expect(sum.folded == expected, "\(length) bytes at \(alignment), \(random)")
      }
    }
  }

  @Test func `A piece of odd length is summed as if a zero followed`() {
    var random = SeededRandom(seed: 3)
    for length in stride(from: 1, through: 301, by: 2) {
      let bytes = random.bytes(count: length)
      #expect(InternetChecksumTests.sum(bytes[...]) == InternetChecksumTests.sum((bytes + [0])[...]), "\(random)")
    }
  }

  @Test(arguments: [64_240, 65_535, 65_536, 1 << 20])
  func `The largest words do not overflow a long sum`(length: Int) {
    let bytes = [UInt8](repeating: 0xFF, count: length)
    #expect(InternetChecksum(summing: bytes.rawSpan).folded == InternetChecksumTests.reference(bytes[...]))
  }

  @Test(
    arguments: [
      (0, 0), (0xFFFF, 0xFFFF), (0x1_0000, 1), (0x1_FFFE, 0xFFFF), (0xFFFF_FFFF, 0xFFFF), (0x1_0000_0000, 1),
      (0xFFFF_0000_FFFF, 0xFFFF), (0xFFFF_FFFF_FFFF_FFFF, 0xFFFF), (0x0001_0002_0003_0004, 10),
      (0x8000_8000_8000_8000, 2),
    ] as [(UInt64, UInt16)])
  func `Folding brings every carry around`(sum: UInt64, folded: UInt16) {
    #expect(InternetChecksum(folding: sum).folded == folded)
  }

  @Test func `Folding is the remainder by FFFF`() {
    var random = SeededRandom(seed: 2)
    for _ in 0..<10_000 {
      let number = random.next()
      let folded = InternetChecksum(folding: number)
      #expect(UInt64(folded.folded) % 0xFFFF == number % 0xFFFF, "\(number), \(random)")
      #expect(folded.folded != 0, "\(number), \(random)")
    }
  }

  @Test func `Both spellings of zero are the same number`() {
    let (positive, negative) = (InternetChecksum(folded: 0), InternetChecksum(folded: 0xFFFF))
    #expect(positive == negative && negative == positive && positive == .zero)
    #expect(InternetChecksum(folded: 1) != positive && InternetChecksum(folded: 1) != negative)
    #expect(InternetChecksum(folded: 0xFFFE) != negative && InternetChecksum(folded: 0xFFFE) != positive)
  }

  @Test func `A header's field makes its sum valid, and is never FFFF`() {
    for folded in UInt16.min ... .max {
      let field = InternetChecksum(folded: folded).field
      #expect(field != 0xFFFF)
      // A sum of 0000 is that of nothing: no header has it.
      if folded != 0 { #expect(InternetChecksum(folded: folded).adding(field).isValid) }
    }
  }
}
