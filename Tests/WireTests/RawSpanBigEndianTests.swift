import TestKit
import Testing
import Wire

/// Reading numbers out of bytes.
struct RawSpanBigEndianTests {
  static let bytes = [UInt8](hex: "01 23 45 67 89 AB CD EF 10 32 54 76")

  @Test func `Numbers are read with the highest byte first`() {
    let span = RawSpanBigEndianTests.bytes.rawSpan
    #expect(span.byte(at: 0) == 0x01)
    #expect(span.uint16(at: 0) == 0x0123)
    #expect(span.uint32(at: 0) == 0x0123_4567)
    #expect(span.uint64(at: 0) == 0x0123_4567_89AB_CDEF)
  }

  @Test func `Numbers are read with the lowest byte first where that is asked for`() {
    let span = RawSpanBigEndianTests.bytes.rawSpan
    #expect(span.littleEndianUInt16(at: 0) == 0x2301)
    #expect(span.littleEndianUInt32(at: 0) == 0x6745_2301)
    #expect(span.littleEndianUInt64(at: 0) == 0xEFCD_AB89_6745_2301)
  }

  @Test func `Every offset will do, aligned or not`() {
    var random = SeededRandom(seed: 16)
    let bytes = random.bytes(count: 32)
    for offset in 0...24 {
      let number = bytes[offset..<(offset + 8)].reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
      let span = bytes.rawSpan
      #expect(span.uint64(at: offset) == number, "\(offset), \(random)")
      #expect(span.uint32(at: offset) == UInt32(number >> 32), "\(offset), \(random)")
      #expect(span.uint16(at: offset) == UInt16(number >> 48), "\(offset), \(random)")
      #expect(span.byte(at: offset) == UInt8(number >> 56), "\(offset), \(random)")
      #expect(span.littleEndianUInt64(at: offset) == number.byteSwapped, "\(offset), \(random)")
    }
  }

  @Test func `The last number that fits is read`() {
    let span = RawSpanBigEndianTests.bytes.rawSpan
    #expect(span.byte(at: 11) == 0x76)
    #expect(span.uint16(at: 10) == 0x5476)
    #expect(span.uint32(at: 8) == 0x1032_5476)
    #expect(span.uint64(at: 4) == 0x89AB_CDEF_1032_5476)
  }

  @Test func `Reading behind the end traps`() async {
    await #expect(processExitsWith: .failure) { _ = RawSpanBigEndianTests.bytes.rawSpan.byte(at: 12) }
    await #expect(processExitsWith: .failure) { _ = RawSpanBigEndianTests.bytes.rawSpan.uint16(at: 11) }
    await #expect(processExitsWith: .failure) { _ = RawSpanBigEndianTests.bytes.rawSpan.uint32(at: 9) }
    await #expect(processExitsWith: .failure) { _ = RawSpanBigEndianTests.bytes.rawSpan.uint64(at: 5) }
    await #expect(processExitsWith: .failure) { _ = RawSpanBigEndianTests.bytes.rawSpan.uint16(at: -1) }
  }

  @Test func `What is taken comes off the front`() throws {
    var span = RawSpanBigEndianTests.bytes.rawSpan
    let first = try span.take(4)
    #expect(first.byteCount == 4 && first.uint32(at: 0) == 0x0123_4567)
    let second = try span.take(8)
    #expect(second.byteCount == 8 && second.byte(at: 0) == 0x89)
    #expect(span.byteCount == 0)
    let nothing = try span.take(0)
    #expect(nothing.byteCount == 0)
  }

  @Test(arguments: [13, 14, Int.max, -1, Int.min])
  func `Taking what is not there throws and takes nothing`(count: Int) {
    var span = RawSpanBigEndianTests.bytes.rawSpan
    do throws(ParseError) {
      _ = try span.take(count)
      Issue.record("took \(count) of 12 bytes")
    } catch {
      #expect(error == .truncated)
    }
    #expect(span.byteCount == 12)
  }

  /// A span cannot be an operand of an expectation, so that the comparison happens here.
  static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.rawSpan.elementsEqual(right.rawSpan)
  }

  @Test func `Spans are equal when all their bytes are`() {
    let bytes = RawSpanBigEndianTests.bytes
    #expect(RawSpanBigEndianTests.areEqual(bytes, Array(bytes)))
    #expect(RawSpanBigEndianTests.areEqual([], []))
    #expect(!RawSpanBigEndianTests.areEqual(bytes, bytes.dropLast()))
    for offset in bytes.indices {
      var other = bytes
      other[offset] ^= 1
      #expect(!RawSpanBigEndianTests.areEqual(bytes, other), "\(offset)")
    }
  }
}
