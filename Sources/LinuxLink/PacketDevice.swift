import CLinux
import Glibc
package import Link
import SystemPackage
package import Wire

/// An interface of the kernel's that exists without us, such as one end of a veth pair or a network card, shared with the
/// kernel by a packet socket.
///
/// Frames come through a ring in memory that the kernel shares (TPACKET_V2, Documentation/networking/packet_mmap.rst), and
/// go through another or as messages: a frame that has come costs no system call, and all that wait to be sent cost one.
/// Version 3 of the rings is not used: it hands frames over in blocks, late by milliseconds.
package struct PacketDevice: ~Copyable, PolledDevice {
  /// The interface's name.
  package let name: String

  /// The address frames are sent from, the interface's MTU, and what is left to it.
  package let properties: LinkProperties

  /// What has passed through, and what was lost.
  package var counters: LinkCounters {
    var counters = passed
    counters.errors &+= receiving.cutCount
    return counters
  }

  private var passed = LinkCounters()
  private let index: Int32
  private let socket: PacketSocket
  private let memory: PacketMemory
  /// The ring for short frames, if they have a socket of their own.
  private let short: ShortFrameRing?
  private var receiving: ReceiveRing
  private var transmitter: PacketTransmitter

  /// The most bytes of text that a server lets a peer send at once.
  package static let usualWindow = 16_384

  /// Opens a socket on an interface and maps its rings.
  /// - Parameters:
  ///   - name: the interface's name.
  ///   - own: the Internet addresses that frames are let through for.
  ///   - address: the hardware address to send from; nil derives one from the name, always the same.
  ///   - offload: whether checksums and cutting are left to the interface. Super-frames are received in any case, since
  ///     whoever sends them decides that.
  ///   - window: the most bytes of text that a peer may send at once.
  ///   - fanout: the devices on the same interface that share what comes, one for each worker.
  ///   - sending: how frames are sent; nil for what suits the interface.
  package init(
    interface name: String, for own: [IPAddress], address: MACAddress? = nil, offload: Bool = true,
    window: Int, fanout: PacketFanout? = nil, sending: PacketSending? = nil
  ) throws(PacketError) {
    let interface = try PacketInterface(named: name)
    let hardware = address ?? interface.serverAddress
    let socket = try PacketSocket.open(
      on: interface, hardware: hardware, groups: own.compactMap { $0.ipv6?.solicitedNode.groupHardware },
      filter: try PacketFilter(for: own), offload: offload, window: window, fanout: fanout,
      sending: sending)
    do throws(SystemError) {
      try self.init(mapping: socket, of: interface, hardware: hardware, offload: offload)
    } catch {
      throw .failed(error)
    }
  }

  /// Maps the rings of a socket that is open, bound and filtered. Needs no privilege.
  package init(
    mapping socket: consuming PacketSocket, of interface: PacketInterface, hardware: MACAddress, offload: Bool
  ) throws(SystemError) {
    name = interface.name
    index = interface.index
    properties = LinkProperties(
      address: hardware, mtu: interface.mtu, finishesChecksums: offload,
      largestSuperSegment: offload ? TAPDevice.largestSuperSegment : 0)
    let geometry = socket.geometry
    let memory = try PacketMemory(mapping: socket.descriptor, byteCount: geometry.byteCount)
    let short = try ShortFrameRing.map(socket.short)
    receiving = ReceiveRing(memory.slots(of: geometry.receive))
    let number = socket.descriptor.number
    switch short {
    case .some(let ring): transmitter = PacketTransmitter(short: ring, messagesBy: number)
    case .none:
      var slots: PacketSlots?
      if let layout = geometry.transmit { slots = memory.slots(of: layout, at: geometry.receive.byteCount) }
      transmitter = PacketTransmitter(
        number, slots: slots, longestCopied: interface.hasHardware ? PacketDevice.shortFrame : .max)
    }
    self.memory = memory
    self.short = short
    self.socket = socket
  }

  /// Where frames are fetched by a card, those up to here are copied into one piece: that is less work than to refer to
  /// pages. Elsewhere every frame is, since it is copied once more on the way to its receiver, and in one piece faster.
  private static let shortFrame = 2_048

  /// What to wait for: readable when a frame has come.
  package var descriptorNumber: Int32 { socket.descriptor.number }

  /// How often the ring of received frames had come out of step and was set right.
  package var stallCount: UInt64 { receiving.stallCount }

  /// Lets other frames through from here on; fails where the filter was final.
  package func replaceFilter(by filter: PacketFilter) throws(SystemError) {
    try filter.attach(to: socket.descriptor, isFinal: false)
  }

  /// The next frame, valid until the next call; nil when none has come.
  @_lifetime(&self)
  package mutating func receive() -> ReceivedFrame? {
    guard let slot = receiving.advance() else { return nil }
    let frame = receiving.frame(in: slot)
    passed.framesIn &+= 1
    passed.bytesIn &+= UInt64(frame.bytes.byteCount)
    return unsafe _overrideLifetime(frame, mutating: &self)
  }

  /// Takes a frame, which leaves with `flush` or before.
  package mutating func transmit(_ frame: borrowing OutgoingFrame) -> Bool {
    transmitter.transmit(frame, &passed)
  }

  /// Sends what waits, with one system call.
  package mutating func flush() {
    transmitter.flush(&passed)
  }

  /// Whether the interface is still there after its socket has reported an error, as it does when it is switched off.
  package mutating func recover() -> Bool {
    var code: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    _ = unsafe getsockopt(socket.descriptor.number, SOL_SOCKET, SO_ERROR, &code, &size)
    passed.errors &+= 1
    return (try? InterfaceControl(name).index()) == index
  }
}
