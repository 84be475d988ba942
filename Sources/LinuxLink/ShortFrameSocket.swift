import CLinux
import Glibc

/// A packet socket that only sends, through a ring, and nothing but short frames: a socket with a ring sends all through it, so
/// that the longer ones need another.
struct ShortFrameSocket: ~Copyable {
  /// Bytes of the longest frame that goes through the ring: up to here, and somewhat beyond, a copy more is cheaper than the
  /// kernel's look at a message (docs/BENCHMARKS.md, rings).
  static let longestFrame = 16_384
  /// How the ring is divided.
  static let layout = PacketRingLayout(atLeast: 64, ofBytes: longestFrame + 64)

  /// The socket.
  let descriptor: Descriptor

  /// Opens a socket on an interface. Nothing comes to it, whoever holds it and whatever they bind it to.
  static func open(on interface: PacketInterface, offload: Bool) throws(PacketError) -> ShortFrameSocket {
    let descriptor = try Descriptor.packetSocket()
    do throws(SystemError) {
      try PacketFilter.nothing.attach(to: descriptor)
      try descriptor.configurePackets(bypassesQueue: interface.canBypassQueue(offload: offload))
      try descriptor.makeRing(PACKET_TX_RING, layout)
      try descriptor.bind(to: interface, receiving: 0)
    } catch {
      throw .failed(error)
    }
    return ShortFrameSocket(owning: descriptor)
  }

  private init(owning descriptor: consuming Descriptor) {
    self.descriptor = descriptor
  }

  /// Takes over a socket that was opened elsewhere, if it was.
  init?(adopting descriptor: consuming Descriptor?) {
    guard let descriptor else { return nil }
    self.descriptor = descriptor
  }
}

/// The ring of a socket for short frames, shared with the kernel and unmapped with its owner.
struct ShortFrameRing: ~Copyable {
  private let memory: PacketMemory
  /// The number of the socket that sends what is in it.
  let socket: Int32

  /// Maps the ring of a socket, if there is one.
  static func map(_ socket: borrowing ShortFrameSocket?) throws(SystemError) -> ShortFrameRing? {
    switch socket {
    case .some(let socket):
      ShortFrameRing(
        memory: try PacketMemory(mapping: socket.descriptor, byteCount: ShortFrameSocket.layout.byteCount),
        socket: socket.descriptor.number)
    case .none: nil
    }
  }

  /// Its slots, valid as long as the ring.
  var slots: PacketSlots { memory.slots(of: ShortFrameSocket.layout) }
}
