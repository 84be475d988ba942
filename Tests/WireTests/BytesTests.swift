import TestKit
import Testing
import Wire

/// How the other tests spell bytes.
struct BytesTests {
  @Test func `A dump may have offsets, groups and remarks`() {
    let bytes = [UInt8](
      hex: """
        0x0000:  4500 003c   # version, length
        10: ff  # g
        """)
    #expect(bytes == [0x45, 0x00, 0x00, 0x3C, 0xFF])
  }

  @Test func `Bytes are shown as they are read`() {
    let bytes: [UInt8] = [0x00, 0x0A, 0xFF]
    #expect(bytes.hex == "00 0A FF")
    #expect([UInt8](hex: bytes.hex) == bytes)
  }

  @Test func `A span sees the array`() {
    let bytes: [UInt8] = [1, 2, 3]
    #expect(bytes.rawSpan.byteCount == 3)
    #expect(bytes.rawSpan.byte(at: 2) == 3)
  }

  @Test func `A mutable span writes the array`() {
    var bytes: [UInt8] = [1, 2, 3]
    bytes.withMutableRawSpan { $0.store(9 as UInt8, at: 1) }
    #expect(bytes == [1, 9, 3])
    #expect([UInt8](count: 2) { $0.store(7 as UInt16, at: 0) } == [0, 7])
  }
}
