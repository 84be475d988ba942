import CLinux
import Glibc
import SystemPackage

/// A packet socket that only sends, through a ring, and nothing but short frames: a socket with a ring sends all through it, so
/// that the longer ones need another.
struct ShortFrameSocket: ~Copyable {
  /// Bytes of the longest frame that goes through the ring: up to here, and somewhat beyond, a copy more is cheaper than the
  /// kernel's look at a message (docs/BENCHMARKS.md, rings).
  static let longestFrame = 16_384
  /// How the ring is divided.
  static let layout = PacketRingLayout(atLeast: 64, ofBytes: longestFrame + 64)

  private let descriptor: Descriptor
  private let memory: PacketMemory

  /// Opens a socket on an interface and maps its ring.
  init(on interface: PacketInterface, offload: Bool) throws(PacketError) {
    let descriptor = try Descriptor.packetSocket()
    do throws(SystemError) {
      try descriptor.configurePackets(bypassesQueue: interface.canBypassQueue(offload: offload))
      try descriptor.makeRing(PACKET_TX_RING, ShortFrameSocket.layout)
      // For no protocol: nothing comes.
      try descriptor.bind(to: interface, receiving: 0)
      try self.init(mapping: descriptor)
    } catch {
      throw .failed(error)
    }
  }

  private init(mapping descriptor: consuming Descriptor) throws(SystemError) {
    memory = try PacketMemory(mapping: descriptor, byteCount: ShortFrameSocket.layout.byteCount)
    self.descriptor = descriptor
  }

  /// The number by which the kernel knows the socket.
  var number: Int32 { descriptor.number }

  /// The slots of its ring, valid as long as the socket.
  var slots: PacketSlots { memory.slots(of: ShortFrameSocket.layout) }
}
