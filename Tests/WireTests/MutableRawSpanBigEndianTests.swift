import TestKit
import Testing
import Wire

/// Writing numbers into bytes.
struct MutableRawSpanBigEndianTests {
  @Test func `Numbers are written with the highest byte first`() {
    let bytes = [UInt8](count: 15) {
      $0.store(0x01 as UInt8, at: 0)
      $0.store(0x2345 as UInt16, at: 1)
      $0.store(0x6789_ABCD as UInt32, at: 3)
      $0.store(0x0123_4567_89AB_CDEF as UInt64, at: 7)
    }
    #expect(bytes.hex == "01 23 45 67 89 AB CD 01 23 45 67 89 AB CD EF")
  }

  @Test func `Numbers are written with the lowest byte first where that is asked for`() {
    let bytes = [UInt8](count: 14) {
      $0.storeLittleEndian(0x2345 as UInt16, at: 0)
      $0.storeLittleEndian(0x6789_ABCD as UInt32, at: 2)
      $0.storeLittleEndian(0x0123_4567_89AB_CDEF as UInt64, at: 6)
    }
    #expect(bytes.hex == "45 23 CD AB 89 67 EF CD AB 89 67 45 23 01")
  }

  @Test func `What is written at any offset is read there, and nothing else changes`() {
    var random = SeededRandom(seed: 17)
    for offset in 0...8 {
      let number = random.next()
      let wide = [UInt8](count: 16) { $0.store(number, at: offset) }
      #expect(wide.rawSpan.uint64(at: offset) == number, "\(offset), \(random)")
      #expect(wide[..<offset].allSatisfy { $0 == 0 } && wide[(offset + 8)...].allSatisfy { $0 == 0 }, "\(offset)")
      let little = [UInt8](count: 16) { $0.storeLittleEndian(number, at: offset) }
      #expect(little.rawSpan.littleEndianUInt64(at: offset) == number, "\(offset), \(random)")
    }
  }

  @Test func `Writing behind the end traps`() async {
    await #expect(processExitsWith: .failure) { _ = [UInt8](count: 4) { $0.store(1 as UInt8, at: 4) } }
    await #expect(processExitsWith: .failure) { _ = [UInt8](count: 4) { $0.store(1 as UInt32, at: 1) } }
    await #expect(processExitsWith: .failure) { _ = [UInt8](count: 4) { $0.store(1 as UInt16, at: -1) } }
  }

  @Test func `A copy lands where it is told to`() {
    let source: [UInt8] = [1, 2, 3]
    #expect([UInt8](count: 5) { $0.copy(source.rawSpan, to: 0) } == [1, 2, 3, 0, 0])
    #expect([UInt8](count: 5) { $0.copy(source.rawSpan, to: 2) } == [0, 0, 1, 2, 3])
  }

  @Test func `A copy of nothing fits everywhere, even at the end`() {
    #expect([UInt8](count: 2) { $0.copy(RawSpan(), to: 2) } == [0, 0])
    #expect([UInt8](count: 0) { $0.copy(RawSpan(), to: 0) } == [])
  }

  @Test func `A copy that does not fit traps`() async {
    await #expect(processExitsWith: .failure) { _ = [UInt8](count: 2) { $0.copy([1, 2, 3].rawSpan, to: 0) } }
    await #expect(processExitsWith: .failure) { _ = [UInt8](count: 3) { $0.copy([1, 2, 3].rawSpan, to: 1) } }
    await #expect(processExitsWith: .failure) { _ = [UInt8](count: 3) { $0.copy([1].rawSpan, to: -1) } }
    await #expect(processExitsWith: .failure) { _ = [UInt8](count: 3) { $0.copy([1].rawSpan, to: .max) } }
  }
}
