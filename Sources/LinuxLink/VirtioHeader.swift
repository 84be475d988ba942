import CLinux
import Link
import Wire

/// What stands before each frame on a device with `IFF_VNET_HDR`: the work on the frame that is left to do.
///
/// `struct virtio_net_hdr` (virtio 1.2 §5.1.6), ten bytes in the host's order, which is little on every machine that
/// this package runs on. Devices with merged buffers have two bytes more, which stay zero here.
struct VirtioHeader: Equatable {
  /// Bytes of it before a frame of a packet socket.
  static let byteCount = 10

  /// `VIRTIO_NET_HDR_F_NEEDS_CSUM`, `VIRTIO_NET_HDR_F_DATA_VALID`.
  var flags: UInt8 = 0
  /// `VIRTIO_NET_HDR_GSO_NONE`, `_TCPV4` or `_TCPV6`: how the frame is cut; with `_ECN` where the first segment has CWR.
  var segmentation: UInt8 = 0
  /// Bytes of Ethernet, IP and TCP headers, which each segment repeats.
  var headerByteCount: UInt16 = 0
  /// The most bytes of text in one segment.
  var segmentSize: UInt16 = 0
  /// Where in the frame the checksum begins.
  var checksumStart: UInt16 = 0
  /// Where its field is, from there on.
  var checksumOffset: UInt16 = 0

  /// The header of a frame on its way out. A frame to be cut is of the family that its EtherType names.
  init(_ offload: TransmitOffload, header: RawSpan) {
    switch offload {
    case .none:
      return
    case .checksum(let start, let offset):
      (checksumStart, checksumOffset) = (start, offset)
    case .segmentation(let size, let start, let offset):
      (segmentSize, checksumStart, checksumOffset) = (size, start, offset)
      let isVersion6 = header.uint16(at: 12) == EtherType.ipv6.value
      segmentation = UInt8(isVersion6 ? VIRTIO_NET_HDR_GSO_TCPV6 : VIRTIO_NET_HDR_GSO_TCPV4)
      // CWR stands in the first segment alone (RFC 3168 §6.1.2): not every card that cuts frames knows.
      if header.byte(at: Int(start) + 13) & 0x80 != 0 { segmentation |= UInt8(VIRTIO_NET_HDR_GSO_ECN) }
    }
    flags = UInt8(VIRTIO_NET_HDR_F_NEEDS_CSUM)
    headerByteCount = UInt16(truncatingIfNeeded: header.byteCount)
  }

  /// Reads the header before a received frame; traps when there are fewer than ten bytes.
  init(_ bytes: RawSpan) {
    flags = bytes.byte(at: 0)
    segmentation = bytes.byte(at: 1)
    headerByteCount = bytes.littleEndianUInt16(at: 2)
    segmentSize = bytes.littleEndianUInt16(at: 4)
    checksumStart = bytes.littleEndianUInt16(at: 6)
    checksumOffset = bytes.littleEndianUInt16(at: 8)
  }

  /// Writes the header at the front of `bytes`; traps when there are fewer than ten.
  func write(to bytes: inout MutableRawSpan) {
    bytes.store(flags, at: 0)
    bytes.store(segmentation, at: 1)
    bytes.storeLittleEndian(headerByteCount, at: 2)
    bytes.storeLittleEndian(segmentSize, at: 4)
    bytes.storeLittleEndian(checksumStart, at: 6)
    bytes.storeLittleEndian(checksumOffset, at: 8)
  }

  /// Whether the sender left the checksum to us because it vouches for the data, or the device has checked it.
  var checksum: ReceivedChecksum {
    let vouching = UInt8(VIRTIO_NET_HDR_F_NEEDS_CSUM | VIRTIO_NET_HDR_F_DATA_VALID)
    return flags & vouching == 0 ? .unverified : .vouchedFor
  }
}
