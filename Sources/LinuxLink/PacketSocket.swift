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
  /// How the rings are divided.
  package let geometry: PacketRingGeometry

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
    // Protocol 0 receives nothing before the socket is bound, and by then it is filtered.
    let number = socket(AF_PACKET, Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else {
      let code = lastError
      throw [.notPermitted, .permissionDenied].contains(code)
        ? .notPermitted : .failed(SystemError("open a packet socket", code))
    }
    let geometry = PacketRingGeometry(
      mtu: interface.mtu, window: window, sending: sending ?? interface.usualSending)
    let packetSocket = PacketSocket(adopting: Descriptor(owning: number), geometry: geometry)
    do throws(SystemError) {
      // In a group nothing is let through before the socket has its share: else several would answer the same frame.
      if fanout == nil { try filter.attach(to: packetSocket.descriptor, isFinal: isFinal) }
      if fanout != nil { try PacketFilter.nothing.attach(to: packetSocket.descriptor, isFinal: false) }
      try packetSocket.configure(bypassesQueue: canBypassQueue(of: interface, offload: offload))
      try packetSocket.makeRing(PACKET_RX_RING, geometry.receive)
      if let transmit = geometry.transmit { try packetSocket.makeRing(PACKET_TX_RING, transmit) }
      if hardware != interface.hardwareAddress { try packetSocket.join(interface, hardware, PACKET_MR_UNICAST) }
      for group in groups { try packetSocket.join(interface, group, PACKET_MR_MULTICAST) }
      try packetSocket.bind(to: interface)
      if let fanout {
        try fanout.add(packetSocket.descriptor)
        try filter.attach(to: packetSocket.descriptor, isFinal: isFinal)
      }
    } catch {
      throw .failed(error)
    }
    return packetSocket
  }

  /// Takes over a socket that was opened elsewhere.
  package init(adopting descriptor: consuming Descriptor, geometry: PacketRingGeometry) {
    self.descriptor = descriptor
    self.geometry = geometry
  }

  /// Has all that is sent bear a mark, which only a process with CAP_NET_ADMIN can change.
  package borrowing func setMark(_ mark: UInt32) throws(SystemError) {
    try descriptor.set(SOL_SOCKET, SO_MARK, to: Int32(bitPattern: mark), "mark what a packet socket sends")
  }

  /// Hands the descriptor over to the device.
  consuming func takeDescriptor() -> Descriptor {
    descriptor
  }

  /// Whether frames may go straight to the driver (`PACKET_QDISC_BYPASS`).
  ///
  /// Past the queue, a super-frame that the driver does not cut is dropped, and so is every frame for which a card has no
  /// room at the moment. So it is left out where there is a card, and where the interface leaves cutting to the kernel.
  private static func canBypassQueue(of interface: PacketInterface, offload: Bool) -> Bool {
    !interface.hasHardware && (!offload || interface.segments)
  }

  /// What has to be said before the rings are made.
  private func configure(bypassesQueue: Bool) throws(SystemError) {
    try set(PACKET_VERSION, to: Int32(TPACKET_V2.rawValue), "choose rings of version 2")
    try set(PACKET_VNET_HDR, to: 1, "ask for virtio headers")
    try set(PACKET_IGNORE_OUTGOING, to: 1, "leave out what is sent")
    try set(PACKET_QDISC_BYPASS, to: bypassesQueue ? 1 : 0, "pass by the queue")
    // A frame that the kernel finds fault with is lost, instead of stopping those behind it.
    try set(PACKET_LOSS, to: 1, "let bad frames be lost")
    // For 64 super-frames, each of which counts as all that the kernel has allocated for it; the usual limit is less than two.
    let most: Int32 = 64 * 262_144
    let isForced = (try? descriptor.set(SOL_SOCKET, SO_SNDBUFFORCE, to: most, "")) != nil
    if !isForced { try descriptor.set(SOL_SOCKET, SO_SNDBUF, to: most, "enlarge the send buffer") }
  }

  private func makeRing(_ option: Int32, _ layout: PacketRingLayout) throws(SystemError) {
    var request = tpacket_req(
      tp_block_size: UInt32(layout.blockByteCount), tp_block_nr: UInt32(layout.blockCount),
      tp_frame_size: UInt32(layout.slotByteCount), tp_frame_nr: UInt32(layout.slotCount))
    let size = socklen_t(MemoryLayout<tpacket_req>.size)
    guard unsafe setsockopt(descriptor.number, SOL_PACKET, option, &request, size) == 0 else {
      throw SystemError("make a ring of \(layout.slotCount) frames", lastError)
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

  /// From here on frames come.
  ///
  /// They are taken before the kernel's own protocols and filters see them (`ETH_P_ALL`). To those they are frames to
  /// another station, which they drop at once.
  private func bind(to interface: PacketInterface) throws(SystemError) {
    var address = sockaddr_ll()
    address.sll_family = UInt16(AF_PACKET)
    address.sll_protocol = UInt16(ETH_P_ALL).bigEndian
    address.sll_ifindex = interface.index
    let number = descriptor.number
    let result = unsafe withUnsafePointer(to: &address) { place in
      unsafe place.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe Glibc.bind(number, address, socklen_t(MemoryLayout<sockaddr_ll>.size))
      }
    }
    guard result == 0 else { throw SystemError("bind a packet socket to \(interface.name)", lastError) }
  }

  private func set(_ option: Int32, to value: Int32, _ operation: String) throws(SystemError) {
    try descriptor.set(SOL_PACKET, option, to: value, operation)
  }
}
