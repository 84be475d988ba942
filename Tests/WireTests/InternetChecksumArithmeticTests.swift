import TestKit
import Testing
import Wire

/// Sums as values: what the pack stores and a segment adds up.
struct InternetChecksumArithmeticTests {
  static func sum(_ bytes: ArraySlice<UInt8>) -> InternetChecksum {
    InternetChecksum(summing: Array(bytes).rawSpan)
  }

  @Test func `Split anywhere, the pieces add up to the whole`() {
    var random = SeededRandom(seed: 1_624)
    let memory = random.bytes(count: 300)
    for length in 0...300 {
      let whole = InternetChecksumArithmeticTests.sum(memory[..<length])
      for cut in stride(from: length % 7, through: length, by: 7) {
        let front = InternetChecksum(summing: memory.rawSpan.extracting(0..<cut))
        let back = InternetChecksum(summing: memory.rawSpan.extracting(cut..<length))
        #expect(front + back.placed(at: cut) == whole, "\(length) bytes cut at \(cut), \(random)")
      }
    }
  }

  @Test func `Split into many pieces, in any order, they add up to the whole`() {
    var random = SeededRandom(seed: 5)
    for _ in 0..<200 {
      let bytes = random.bytes(count: Int.random(in: 1...300, using: &random))
      let cuts = (0..<5).map { _ in Int.random(in: 0...bytes.count, using: &random) }
      let edges = ([0] + cuts + [bytes.count]).sorted()
      let pieces = zip(edges, edges.dropFirst()).map { start, end in
        InternetChecksumArithmeticTests.sum(bytes[start..<end]).placed(at: start)
      }
      let total = pieces.shuffled(using: &random).reduce(.zero, +)
      #expect(total == InternetChecksumArithmeticTests.sum(bytes[...]), "\(random)")
    }
  }

  @Test func `A piece taken out leaves the rest`() {
    var random = SeededRandom(seed: 7)
    for _ in 0..<1_000 {
      let bytes = random.bytes(count: Int.random(in: 0...300, using: &random))
      let cut = Int.random(in: 0...bytes.count, using: &random)
      let whole = InternetChecksumArithmeticTests.sum(bytes[...])
      let front = InternetChecksumArithmeticTests.sum(bytes[..<cut])
      let back = InternetChecksumArithmeticTests.sum(bytes[cut...])
      #expect(whole - front == back.placed(at: cut), "cut at \(cut) of \(bytes.count), \(random)")
      #expect(whole - back.placed(at: cut) == front, "cut at \(cut) of \(bytes.count), \(random)")
    }
  }

  @Test(arguments: [0x0000, 0x0001, 0x00FF, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF] as [UInt16])
  func `Addition has the laws of a group`(folded: UInt16) {
    let values = [0x0000, 0x0001, 0x1234, 0x8000, 0xFFFE, 0xFFFF].map { InternetChecksum(folded: $0) }
    let left = InternetChecksum(folded: folded)
    for right in values {
      #expect(left + right == right + left)
      #expect(left + right - right == left)
      #expect(left - right + right == left)
      for third in values {
        #expect((left + right) + third == left + (right + third))
      }
    }
    #expect(left - left == .zero)
    #expect(left + .zero == left)
  }

  @Test func `A piece at an odd offset changes the halves of its sum`() {
    let sum = InternetChecksum(folded: 0x1234)
    #expect(sum.placed(at: 0).folded == 0x1234)
    #expect(sum.placed(at: 1).folded == 0x3412)
    #expect(sum.placed(at: 64_240).folded == 0x1234)
    #expect(sum.placed(at: 1_461).folded == 0x3412)
    #expect(sum.shiftedByOneByte.shiftedByOneByte.folded == 0x1234)
  }

  @Test func `Words are added as the bytes they are`() {
    var random = SeededRandom(seed: 8)
    for _ in 0..<1_000 {
      let bytes = random.bytes(count: 6)
      let sum = InternetChecksum.zero.adding(bytes.rawSpan.uint32(at: 0)).adding(bytes.rawSpan.uint16(at: 4))
      #expect(sum == InternetChecksumArithmeticTests.sum(bytes[...]), "\(bytes.hex), \(random)")
    }
  }

  @Test func `Adding in place is adding`() {
    var sum = InternetChecksum(folded: 0xFFF0)
    sum += InternetChecksum(folded: 0x0011)
    #expect(sum.folded == 0x0002)
  }

  @Test func `The example of RFC 1624 §4 updates to 0000`() {
    #expect(InternetChecksum.updating(field: 0xDD2F, from: 0x5555, to: 0x3285) == 0x0000)
  }

  @Test func `An updated field is the field of the changed header`() {
    var random = SeededRandom(seed: 9)
    for _ in 0..<2_000 {
      var header = random.bytes(count: 20)
      header[0] = 0x45
      let old = header.rawSpan.uint16(at: 8)
      let field = InternetChecksumArithmeticTests.sum(header[...]).field
      let new = UInt16.random(in: .min ... .max, using: &random)
      header.withMutableRawSpan { $0.store(new, at: 8) }
      let expected = InternetChecksumArithmeticTests.sum(header[...]).field
      #expect(InternetChecksum.updating(field: field, from: old, to: new) == expected, "\(header.hex), \(random)")
    }
  }

  @Test func `An update to the same word changes nothing`() {
    for field in stride(from: UInt16(0), to: 0xFFFF, by: 257) {
      #expect(InternetChecksum.updating(field: field, from: 0xABCD, to: 0xABCD) == field)
    }
  }

  @Test func `The pseudo-header is summed as the twelve bytes it is`() {
    var random = SeededRandom(seed: 10)
    for length in [20, 21, 1_480, 64_260, 65_515] {
      var bytes = random.bytes(count: 12)
      bytes.withMutableRawSpan {
        $0.store(6 as UInt16, at: 8)
        $0.store(UInt16(length), at: 10)
      }
      let (source, destination) = (IPv4Address(bytes.rawSpan, at: 0), IPv4Address(bytes.rawSpan, at: 4))
      let sum = InternetChecksum(tcpFrom: source, to: destination, length: length)
      #expect(sum == InternetChecksumArithmeticTests.sum(bytes[...]), "\(length) bytes, \(random)")
    }
  }
}
