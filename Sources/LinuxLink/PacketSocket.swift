import CLinux
import Glibc
import SystemPackage
package import Wire

/// A packet socket (packet(7)) that is ready to be mapped: bound to an interface, filtered, and with its rings made.
///
/// All that needs a privilege is done here. The rings can be mapped by whoever holds the descriptor, in this process or in
/// another that was handed it, which can neither widen the filter nor move the socket to another interface unnoticed.
package struct PacketSocket: ~Copyable {
  /// The socket.
  package let descriptor: Descriptor
  /// How its rings are divided.
  package let geometry: PacketRingGeometry
  /// The socket beside it that short frames go by, if they have one.
  let short: ShortFrameSocket?

  /// Opens a socket on an interface.
  /// - Parameters:
  ///   - interface: where.
  ///   - hardware: the hardware address that frames for us come to, which the interface is told to let in.
  ///   - groups: the hardware addresses of groups that it is told to let in as well.
  ///   - filter: what to let through.
  ///   - isFinal: whether the filter stays as it is, whoever holds the socket.
  ///   - offload: whether super-frames are to be sent.
  ///   - window: the most bytes of text that a peer may send at once.
  ///   - fanout: the sockets that share what comes; nil where this is the only one.
  ///   - sending: how frames are to be sent; nil for what suits the interface.
  package static func open(
    on interface: PacketInterface, hardware: MACAddress, groups: [MACAddress] = [], filter: PacketFilter,
    isFinal: Bool = true, offload: Bool, window: Int, fanout: PacketFanout? = nil, sending: PacketSending? = nil
  ) throws(PacketError) -> PacketSocket {
    if hardware == interface.hardwareAddress, interface.isForwarding { throw .isForwarded(interface.name) }
    let sending = sending ?? interface.usualSending
    let geometry = PacketRingGeometry(mtu: interface.mtu, window: window, sending: sending)
    let short = sending == .both ? try ShortFrameSocket.open(on: interface, offload: offload) : nil
    // It receives nothing before it is bound, and by then it is filtered.
    let packetSocket = PacketSocket(adopting: try Descriptor.packetSocket(), geometry: geometry, short)
    do throws(SystemError) {
      // In a group nothing is let through before the socket has its share: else several would answer the same frame.
      if fanout == nil { try filter.attach(to: packetSocket.descriptor, isFinal: isFinal) }
      if fanout != nil { try PacketFilter.nothing.attach(to: packetSocket.descriptor, isFinal: false) }
      try packetSocket.descriptor.configurePackets(bypassesQueue: interface.canBypassQueue(offload: offload))
      try packetSocket.descriptor.makeRing(PACKET_RX_RING, geometry.receive)
      if let transmit = geometry.transmit { try packetSocket.descriptor.makeRing(PACKET_TX_RING, transmit) }
      if hardware != interface.hardwareAddress { try packetSocket.join(interface, hardware, PACKET_MR_UNICAST) }
      for group in groups { try packetSocket.join(interface, group, PACKET_MR_MULTICAST) }
      // Frames are taken before the kernel's own protocols and filters see them. To those they are frames to another station,
      // which they drop at once.
      try packetSocket.descriptor.bind(to: interface, receiving: ETH_P_ALL)
      if let fanout {
        try fanout.add(packetSocket.descriptor)
        try filter.attach(to: packetSocket.descriptor, isFinal: isFinal)
      }
    } catch {
      throw .failed(error)
    }
    return packetSocket
  }

  /// Takes over a socket for an interface that was opened elsewhere, and the one for short frames if it came along.
  package init(
    adopting descriptor: consuming Descriptor, short: consuming Descriptor?, for interface: PacketInterface, window: Int
  ) {
    let sending = short == nil ? interface.sendingByOneSocket : .both
    self.init(
      adopting: descriptor, geometry: PacketRingGeometry(mtu: interface.mtu, window: window, sending: sending),
      ShortFrameSocket(adopting: short))
  }

  private init(
    adopting descriptor: consuming Descriptor, geometry: PacketRingGeometry, _ short: consuming ShortFrameSocket?
  ) {
    self.descriptor = descriptor
    self.geometry = geometry
    self.short = short
  }

  /// Has all that is sent bear a mark, which only a process with CAP_NET_ADMIN can change.
  package borrowing func setMark(_ mark: UInt32) throws(SystemError) {
    try descriptor.setMark(mark)
    switch short {
    case .some(let short): try short.descriptor.setMark(mark)
    case .none: break
    }
  }

  /// Has the interface let in frames to a hardware address, for as long as the socket is open.
  private func join(_ interface: PacketInterface, _ hardware: MACAddress, _ kind: Int32) throws(SystemError) {
    var membership = packet_mreq()
    membership.mr_ifindex = interface.index
    membership.mr_type = UInt16(kind)
    membership.mr_alen = 6
    let value = hardware.value
    membership.mr_address = (
      UInt8(truncatingIfNeeded: value >> 40), UInt8(truncatingIfNeeded: value >> 32),
      UInt8(truncatingIfNeeded: value >> 24), UInt8(truncatingIfNeeded: value >> 16),
      UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value), 0, 0
    )
    let size = socklen_t(MemoryLayout<packet_mreq>.size)
    guard unsafe setsockopt(descriptor.number, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &membership, size) == 0 else {
      throw SystemError("have \(interface.name) let in frames to \(hardware)", lastError)
    }
  }
}
