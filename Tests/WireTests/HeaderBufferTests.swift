import TestKit
import Testing
import Wire

/// The memory in which a frame's headers are written.
struct HeaderBufferTests {
  @Test func `A buffer begins as zeros`() {
    let buffer = HeaderBuffer()
    let sum = InternetChecksum(summing: buffer.prefix(HeaderBuffer.capacity))
    #expect(sum.folded == 0)
  }

  @Test func `What is written is what the prefix shows`() {
    var buffer = HeaderBuffer()
    var bytes = buffer.bytes
    bytes.store(0x1234 as UInt16, at: 0)
    bytes.store(0x5678 as UInt16, at: HeaderBuffer.capacity - 2)
    let (first, last) = (buffer.prefix(2).uint16(at: 0), buffer.prefix(128).uint16(at: 126))
    #expect(first == 0x1234 && last == 0x5678)
  }

  @Test func `The longest headers have room`() {
    #expect(EthernetHeader.byteCount + 40 + 60 <= HeaderBuffer.capacity)
  }

  @Test func `More than the buffer holds traps`() async {
    await #expect(processExitsWith: .failure) { _ = HeaderBuffer().prefix(HeaderBuffer.capacity + 1).byteCount }
    await #expect(processExitsWith: .failure) { _ = HeaderBuffer().prefix(-1).byteCount }
  }
}
