/// How one ring of a packet socket is divided: slots of one size, sixteen to a block of whole pages (`tpacket_req`).
package struct PacketRingLayout: Equatable, Sendable {
  /// Slots in a block: a power of two, so that a slot's place is shifts and a product.
  static let slotsPerBlock = 16
  private static let pageByteCount = 4_096

  /// Bytes of a slot, with what stands before the frame: a multiple of 64.
  package let slotByteCount: Int
  /// Slots of the ring: a multiple of 16.
  package let slotCount: Int

  /// A ring of at least so many slots, each of which holds at least so many bytes.
  ///
  /// Slots are an odd number of cache lines long, so that the fronts of neighbours, which are all that short frames
  /// touch, do not compete for the same places of the processor's cache.
  init(atLeast slots: Int, ofBytes bytes: Int) {
    slotByteCount = ((bytes + 63) / 64 | 1) * 64
    let blocks = (slots + PacketRingLayout.slotsPerBlock - 1) / PacketRingLayout.slotsPerBlock
    slotCount = blocks * PacketRingLayout.slotsPerBlock
  }

  /// Bytes of a block.
  var blockByteCount: Int {
    let page = PacketRingLayout.pageByteCount
    return (slotByteCount * PacketRingLayout.slotsPerBlock + page - 1) / page * page
  }

  /// Blocks of the ring.
  var blockCount: Int { slotCount / PacketRingLayout.slotsPerBlock }

  /// Bytes of the whole ring.
  package var byteCount: Int { blockByteCount * blockCount }

  /// The slot behind another, round the ring.
  @inline(__always)
  func following(_ slot: Int) -> Int { slot &+ 1 == slotCount ? 0 : slot &+ 1 }

  /// Where a slot begins.
  func offset(of slot: Int) -> Int {
    let (block, place) = slot.quotientAndRemainder(dividingBy: PacketRingLayout.slotsPerBlock)
    return block &* blockByteCount &+ place &* slotByteCount
  }
}

/// How the memory of a packet socket is divided: the ring of frames received, and behind it that of frames to be sent, if
/// they go through one.
///
/// Whoever maps the rings has to know it; the kernel does not tell.
package struct PacketRingGeometry: Equatable, Sendable {
  /// What the kernel puts before a received frame: its header, the sender's address, the virtio header, and padding.
  private static let headroom = 128
  /// Bytes of the longest Ethernet header, with two VLAN tags.
  private static let linkHeader = 22

  /// Frames received. A peer sends no more text at once than our window, so a super-frame is not longer than that, nor than a
  /// packet can be. One that is longer than a slot is lost.
  package let receive: PacketRingLayout
  /// Frames to be sent, each as long as a packet of version 4 can be; ours of version 6 are no longer. Nil where they do not go
  /// through a ring of this socket.
  package let transmit: PacketRingLayout?

  /// The rings for an interface of this MTU.
  /// - Parameters:
  ///   - window: the most bytes of text that a peer may send at once.
  ///   - sending: how frames are sent.
  package init(mtu: Int, window: Int, sending: PacketSending) {
    let longest = max(mtu, min(window + 120, 65_535)) + PacketRingGeometry.linkHeader
    receive = PacketRingLayout(atLeast: 512, ofBytes: longest + PacketRingGeometry.headroom)
    let longestSent = 65_536 + PacketRingGeometry.linkHeader + 64
    transmit = sending == .ring ? PacketRingLayout(atLeast: 64, ofBytes: longestSent) : nil
  }

  /// Bytes of both rings.
  package var byteCount: Int { receive.byteCount + (transmit?.byteCount ?? 0) }
}
