import CLinux
import Glibc
import SystemPackage

/// What every packet socket (packet(7)) is told before it is used.
extension Descriptor {
  /// Opens a packet socket, to which nothing comes before it is bound.
  static func packetSocket() throws(PacketError) -> Descriptor {
    let number = socket(AF_PACKET, Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else {
      let code = lastError
      throw [.notPermitted, .permissionDenied].contains(code)
        ? .notPermitted : .failed(SystemError("open a packet socket", code))
    }
    return Descriptor(owning: number)
  }

  /// Says what has to be said before rings are made.
  func configurePackets(bypassesQueue: Bool) throws(SystemError) {
    try setPacketOption(PACKET_VERSION, to: Int32(TPACKET_V2.rawValue), "choose rings of version 2")
    try setPacketOption(PACKET_VNET_HDR, to: 1, "ask for virtio headers")
    try setPacketOption(PACKET_IGNORE_OUTGOING, to: 1, "leave out what is sent")
    try setPacketOption(PACKET_QDISC_BYPASS, to: bypassesQueue ? 1 : 0, "pass by the queue")
    // A frame that the kernel finds fault with is lost, instead of stopping those behind it.
    try setPacketOption(PACKET_LOSS, to: 1, "let bad frames be lost")
    // For 64 super-frames, each of which counts as all that the kernel has allocated for it; the usual limit is less than two.
    let most: Int32 = 64 * 262_144
    let isForced = (try? set(SOL_SOCKET, SO_SNDBUFFORCE, to: most, "")) != nil
    if !isForced { try set(SOL_SOCKET, SO_SNDBUF, to: most, "enlarge the send buffer") }
  }

  /// Has all that is sent bear a mark.
  func setMark(_ mark: UInt32) throws(SystemError) {
    try set(SOL_SOCKET, SO_MARK, to: Int32(bitPattern: mark), "mark what a packet socket sends")
  }

  private func setPacketOption(_ option: Int32, to value: Int32, _ operation: String) throws(SystemError) {
    try set(SOL_PACKET, option, to: value, operation)
  }

  /// Makes a ring: `PACKET_RX_RING` or `PACKET_TX_RING`.
  func makeRing(_ option: Int32, _ layout: PacketRingLayout) throws(SystemError) {
    var request = tpacket_req(
      tp_block_size: UInt32(layout.blockByteCount), tp_block_nr: UInt32(layout.blockCount),
      tp_frame_size: UInt32(layout.slotByteCount), tp_frame_nr: UInt32(layout.slotCount))
    let size = socklen_t(MemoryLayout<tpacket_req>.size)
    guard unsafe setsockopt(number, SOL_PACKET, option, &request, size) == 0 else {
      throw SystemError("make a ring of \(layout.slotCount) frames", lastError)
    }
  }

  /// Binds a packet socket: from here on frames of a protocol come, with `ETH_P_ALL` all and with 0 none, and what is sent goes
  /// out there.
  func bind(to interface: PacketInterface, receiving type: Int32) throws(SystemError) {
    var address = sockaddr_ll()
    address.sll_family = UInt16(AF_PACKET)
    address.sll_protocol = UInt16(type).bigEndian
    address.sll_ifindex = interface.index
    let result = unsafe withUnsafePointer(to: &address) { place in
      unsafe place.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe Glibc.bind(number, address, socklen_t(MemoryLayout<sockaddr_ll>.size))
      }
    }
    guard result == 0 else { throw SystemError("bind a packet socket to \(interface.name)", lastError) }
  }
}
