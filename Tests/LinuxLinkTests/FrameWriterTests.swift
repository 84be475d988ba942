import Link
import TestKit
import Testing

@testable import LinuxLink

/// Frames as a TAP is given them: one write each, a virtio header before it.
struct FrameWriterTests {
  private let place: TestFile

  init() throws {
    place = try TestFile(nil)
  }

  /// Headers that are copied behind the virtio header, and a frame that is all header because it was held back whole.
  @Test(arguments: [10, 12], [54, 256, 257, 1_386])
  func `A frame is one write, whatever its pieces`(virtioByteCount: Int, headerCount: Int) throws {
    let pair = try SocketPair(at: place.path)
    var writer = FrameWriter(virtioByteCount: virtioByteCount)
    let header = (0..<headerCount).map { UInt8($0 & 0x7F) }
    let head = [UInt8](repeating: 8, count: 20)
    let text = [UInt8](repeating: 9, count: 900)
    let virtio = [1, 0, UInt8(headerCount & 0xFF), UInt8(headerCount >> 8), 0, 0, 34, 0, 16, 0]
    let before = virtio + [UInt8](repeating: 0, count: virtioByteCount - 10)
    let offload = TransmitOffload.checksum(start: 34, offset: 16)
    // Once with text and once without, each once more: nothing of the last frame is left.
    for _ in 0..<2 {
      let textCount = writer.write(
        OutgoingFrame(
          header: header.rawSpan, text: head.rawSpan, text.rawSpan, RawSpan(), RawSpan(), offload: offload),
        to: pair.sender.descriptor)
      #expect(textCount == virtioByteCount + headerCount + 920)
      let withText = try pair.nextMessage()
      #expect(withText == before + header + head + text)
      let count = writer.write(OutgoingFrame(header: header.rawSpan, offload: offload), to: pair.sender.descriptor)
      #expect(count == virtioByteCount + headerCount)
      let withoutText = try pair.nextMessage()
      #expect(withoutText == before + header)
    }
    withExtendedLifetime((header, head, text)) {}
  }
}
