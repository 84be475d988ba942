import Link
import TestKit
import Testing
import Wire

@testable import LinuxLink

/// The ten bytes before a frame.
struct VirtioHeaderTests {
  private static func written(_ offload: TransmitOffload, type: EtherType = .ipv4, flags: UInt8 = 0x10) -> [UInt8] {
    let header = [UInt8](count: 54) { bytes in
      bytes.store(type.value, at: 12)
      bytes.store(flags, at: 47)
    }
    let virtio = VirtioHeader(offload, header: header.rawSpan)
    return [UInt8](count: 10) { bytes in virtio.write(to: &bytes) }
  }

  @Test func `A complete frame has a header of zeros`() {
    #expect(VirtioHeaderTests.written(.none) == [UInt8](repeating: 0, count: 10))
  }

  @Test func `An unfinished checksum says where it begins and where it goes`() {
    #expect(VirtioHeaderTests.written(.checksum(start: 34, offset: 16)).hex == "01 00 36 00 00 00 22 00 10 00")
  }

  @Test func `A super-frame says how it is cut, by the family of its packet`() {
    let cut = TransmitOffload.segmentation(size: 1_460, start: 34, offset: 16)
    #expect(VirtioHeaderTests.written(cut).hex == "01 01 36 00 B4 05 22 00 10 00")
    #expect(VirtioHeaderTests.written(cut, type: .ipv6).hex == "01 04 36 00 B4 05 22 00 10 00")
  }

  @Test func `A super-frame with CWR has it in its first segment alone`() {
    let cut = TransmitOffload.segmentation(size: 1_460, start: 34, offset: 16)
    #expect(VirtioHeaderTests.written(cut, flags: 0x90).hex == "01 81 36 00 B4 05 22 00 10 00")
    #expect(
      VirtioHeaderTests.written(.checksum(start: 34, offset: 16), flags: 0x90).hex == "01 00 36 00 00 00 22 00 10 00")
  }

  @Test func `What is written is read back`() {
    let cut = TransmitOffload.segmentation(size: 1_448, start: 34, offset: 16)
    let header = [UInt8](count: 66) { bytes in bytes.store(EtherType.ipv4.value, at: 12) }
    let virtio = VirtioHeader(cut, header: header.rawSpan)
    let bytes = [UInt8](count: 12) { bytes in virtio.write(to: &bytes) }
    #expect(VirtioHeader(bytes.rawSpan) == virtio)
  }

  @Test(arguments: [(0, false), (1, true), (2, true), (3, true), (4, false)])
  func `The sender or the device vouches for a checksum by either flag`(flags: UInt8, isVouchedFor: Bool) {
    let bytes = [flags] + [UInt8](repeating: 0, count: 9)
    #expect((VirtioHeader(bytes.rawSpan).checksum == .vouchedFor) == isVouchedFor)
  }
}
