import Link
import TestKit
import Testing
import Wire

@testable import LinuxLink

/// A frame as the ring gave it.
private struct Arrival: Equatable {
  let bytes: [UInt8]
  let checksum: ReceivedChecksum

  init(_ bytes: [UInt8], _ checksum: ReceivedChecksum) {
    self.bytes = bytes
    self.checksum = checksum
  }
}

extension ReceiveRing {
  /// The next frame, copied.
  fileprivate mutating func next() -> Arrival? {
    guard let slot = advance() else { return nil }
    let frame = frame(in: slot)
    return Arrival([UInt8](copying: frame.bytes), frame.checksum)
  }

  /// Whether the ring says that nothing has come.
  fileprivate mutating func isEmpty() -> Bool { advance() == nil }
}

/// The rings of a packet socket, with the test in the place of the kernel.
struct PacketRingTests {
  private static let geometry = PacketRingGeometry(mtu: 1_500, window: 16_384, sending: .ring)

  /// Puts a frame into a slot as the kernel does: header at 0, virtio header before the frame, status last.
  private static func deliver(
    _ bytes: [UInt8], to slots: inout PacketSlots, slot: Int, flags: UInt8 = 0, length: Int? = nil
  ) {
    let start = 96
    var content = slots.content(of: slot)
    content.store(UInt8(flags), at: start - 10 - PacketSlots.transmitOffset)
    content.copy(bytes.rawSpan, to: start - PacketSlots.transmitOffset)
    slots.setReceived(start: start, count: bytes.count, length: length ?? bytes.count, of: slot)
    slots.setStatus(1, of: slot)
  }

  @Test func `Slots are whole cache lines, and an odd number of them`() throws {
    for layout in [
      PacketRingTests.geometry.receive, try #require(PacketRingTests.geometry.transmit), ShortFrameSocket.layout,
    ] {
      #expect(layout.slotByteCount % 128 == 64)
      #expect(layout.blockByteCount % 4_096 == 0)
      #expect(layout.blockByteCount >= layout.slotByteCount * 16)
      #expect(layout.offset(of: 16) == layout.blockByteCount)
      #expect(layout.offset(of: 17) == layout.blockByteCount + layout.slotByteCount)
      #expect(layout.offset(of: layout.slotCount - 1) + layout.slotByteCount <= layout.byteCount)
    }
  }

  @Test(arguments: [(1_500, 16_384), (9_000, 4_096), (1_500, 262_144)])
  func `A slot holds the longest frame that a window lets a peer send, up to the longest packet`(mtu: Int, window: Int)
  {
    let layout = PacketRingGeometry(mtu: mtu, window: window, sending: .messages).receive
    let packet = max(mtu, min(window + 120, 65_535))
    // The kernel's header, an address and the virtio header stand before the frame.
    #expect(layout.slotByteCount >= 96 + 14 + packet)
  }

  @Test(arguments: [PacketSending.messages, .both])
  func `Where frames do not go through a ring of the socket that receives it has none for them`(sending: PacketSending)
  {
    let geometry = PacketRingGeometry(mtu: 1_500, window: 16_384, sending: sending)
    #expect(geometry.transmit == nil)
    #expect(geometry.byteCount == PacketRingTests.geometry.receive.byteCount)
  }

  @Test func `A slot for short frames holds the longest of them behind what the kernel and the virtio header take`() {
    let before = PacketSlots.transmitOffset + VirtioHeader.byteCount
    #expect(ShortFrameSocket.layout.slotByteCount >= before + ShortFrameSocket.longestFrame)
  }

  @Test func `Frames come in order, and a slot is given back with the next call`() throws {
    let memory = try PacketMemory(alone: PacketRingTests.geometry.byteCount)
    var slots = memory.slots(of: PacketRingTests.geometry.receive)
    var ring = ReceiveRing(slots)
    let isEmpty = ring.isEmpty()
    #expect(isEmpty)
    PacketRingTests.deliver([1, 2, 3], to: &slots, slot: 0)
    PacketRingTests.deliver([4, 5], to: &slots, slot: 1, flags: 1)
    let first = ring.next()
    #expect(first == Arrival([1, 2, 3], .unverified))
    #expect(slots.status(of: 0) == 1)
    let second = ring.next()
    #expect(slots.status(of: 0) == 0)
    #expect(second == Arrival([4, 5], .vouchedFor))
    let isEmptyAgain = ring.isEmpty()
    #expect(isEmptyAgain)
    #expect(slots.status(of: 1) == 0)
  }

  @Test func `The ring goes round`() throws {
    let memory = try PacketMemory(alone: PacketRingTests.geometry.byteCount)
    var slots = memory.slots(of: PacketRingTests.geometry.receive)
    var ring = ReceiveRing(slots)
    for number in 0..<(slots.layout.slotCount * 2 + 3) {
      let bytes = [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
      PacketRingTests.deliver(bytes, to: &slots, slot: number % slots.layout.slotCount)
      let arrival = ring.next()
      #expect(arrival == Arrival(bytes, .unverified))
    }
    #expect(ring.stallCount == 0)
  }

  @Test func `Frames that have come together, some of them cut, come out one by one`() throws {
    let memory = try PacketMemory(alone: PacketRingTests.geometry.byteCount)
    var slots = memory.slots(of: PacketRingTests.geometry.receive)
    var ring = ReceiveRing(slots)
    var expected: [Arrival?] = []
    for number in 0..<40 {
      // The first, the last of a run and all of a run may be cut.
      let isCut = number == 0 || number == 15 || 24..<32 ~= number
      PacketRingTests.deliver([UInt8(number)], to: &slots, slot: number, length: isCut ? 2 : 1)
      if !isCut { expected.append(Arrival([UInt8(number)], .unverified)) }
    }
    var arrivals: [Arrival?] = []
    while let arrival = ring.next() { arrivals.append(arrival) }
    #expect(arrivals == expected)
    #expect(ring.cutCount == 10)
    let areAllBack = (0..<40).allSatisfy { slot in slots.status(of: slot) == 0 }
    #expect(areAllBack)
  }

  @Test func `A frame that was cut is passed over and counted`() throws {
    let memory = try PacketMemory(alone: PacketRingTests.geometry.byteCount)
    var slots = memory.slots(of: PacketRingTests.geometry.receive)
    var ring = ReceiveRing(slots)
    PacketRingTests.deliver([1, 2, 3], to: &slots, slot: 0, length: 4)
    PacketRingTests.deliver([7], to: &slots, slot: 1)
    let arrival = ring.next()
    #expect(arrival == Arrival([7], .unverified))
    #expect(ring.cutCount == 1)
    #expect(slots.status(of: 0) == 0)
  }

  @Test func `A ring that came out of step is set right`() throws {
    let memory = try PacketMemory(alone: PacketRingTests.geometry.byteCount)
    var slots = memory.slots(of: PacketRingTests.geometry.receive)
    var ring = ReceiveRing(slots)
    PacketRingTests.deliver([9], to: &slots, slot: 5)
    var calls = 0
    while ring.isEmpty(), calls < ReceiveRing.patience * 3 { calls += 1 }
    #expect(calls == ReceiveRing.patience * 2)
    #expect(ring.stallCount == 1)
    PacketRingTests.deliver([10], to: &slots, slot: 6)
    let arrival = ring.next()
    #expect(arrival == Arrival([10], .unverified))
  }

  @Test func `A slot that is filled late is not passed over`() throws {
    let memory = try PacketMemory(alone: PacketRingTests.geometry.byteCount)
    var slots = memory.slots(of: PacketRingTests.geometry.receive)
    var ring = ReceiveRing(slots)
    PacketRingTests.deliver([2], to: &slots, slot: 1)
    for _ in 0..<(ReceiveRing.patience * 2 - 1) {
      let isEmpty = ring.isEmpty()
      #expect(isEmpty)
    }
    PacketRingTests.deliver([1], to: &slots, slot: 0)
    for expected in [1, 2] as [UInt8] {
      let arrival = ring.next()
      #expect(arrival == Arrival([expected], .unverified))
    }
    #expect(ring.stallCount == 0)
  }

  @Test func `A frame to be sent lies in its slot behind a virtio header`() throws {
    let memory = try PacketMemory(alone: PacketRingTests.geometry.byteCount)
    let slots = memory.slots(of: ShortFrameSocket.layout)
    var ring = TransmitRing(slots, longestCopied: 64)
    let header = [UInt8](repeating: 7, count: 54)
    let text = [UInt8](repeating: 8, count: 10)
    ring.append(
      OutgoingFrame(
        header: header.rawSpan, text: text.rawSpan, RawSpan(), RawSpan(), RawSpan(),
        offload: .checksum(start: 34, offset: 16)))
    #expect(slots.status(of: 0) == 1)
    let content = [UInt8](copying: slots.bytes(of: 0, at: PacketSlots.transmitOffset, count: 74))
    #expect(content == [1, 0, 64, 0, 0, 0, 34, 0, 16, 0] + header + text)
    ring.offerInPages()
    let pages = [UInt8](copying: slots.bytes(of: 0, at: PacketSlots.transmitOffset, count: 4))
    #expect(pages == [1, 0, 54, 0])
    #expect(ring.waitingCount == 1)
  }

  @Test func `What waits is taken back, but not what has gone`() throws {
    let memory = try PacketMemory(alone: PacketRingTests.geometry.byteCount)
    let slots = memory.slots(of: ShortFrameSocket.layout)
    var ring = TransmitRing(slots, longestCopied: 64)
    let header = [UInt8](repeating: 7, count: 60)
    for _ in 0..<3 { ring.append(OutgoingFrame(header: header.rawSpan)) }
    slots.setStatus(0, of: 0)
    let count = ring.takeBack()
    #expect(count == 2)
    ring.append(OutgoingFrame(header: header.rawSpan))
    #expect((0..<3).map { slots.status(of: $0) } == [0, 1, 0])
  }

  @Test func `A full ring has no room`() throws {
    let memory = try PacketMemory(alone: PacketRingTests.geometry.byteCount)
    let slots = memory.slots(of: ShortFrameSocket.layout)
    var ring = TransmitRing(slots, longestCopied: 64)
    let header = [UInt8](repeating: 7, count: 60)
    for _ in 0..<slots.layout.slotCount {
      #expect(ring.hasRoom)
      ring.append(OutgoingFrame(header: header.rawSpan))
    }
    #expect(!ring.hasRoom)
    slots.setStatus(0, of: 0)
    #expect(ring.hasRoom)
  }
}
