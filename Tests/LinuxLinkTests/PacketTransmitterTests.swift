import Link
import TestKit
import Testing
import Wire

@testable import LinuxLink

/// Frames that go two ways, with local sockets in the place of packet sockets and the test in the place of the kernel that empties
/// the ring: when it is told of frames in the ring, an empty message arrives, and after that the message of the next frame.
struct PacketTransmitterTests {
  private static let longest = 100

  private let place: TestFile

  init() throws {
    place = try TestFile(nil)
  }

  /// A frame of so many bytes, each of this value.
  private static func frame(_ count: Int, _ value: UInt8 = 7) -> [UInt8] {
    [UInt8](repeating: value, count: count)
  }

  @Test(arguments: [99, 100])
  func `A short frame goes through the ring`(count: Int) throws {
    let pair = try SocketPair(at: place.path)
    let memory = try PacketMemory(alone: ShortFrameSocket.layout.byteCount)
    let slots = memory.slots(of: ShortFrameSocket.layout)
    let number = pair.sender.descriptor.number
    var transmitter = PacketTransmitter(
      short: slots, of: number, upTo: PacketTransmitterTests.longest, messagesBy: number)
    var passed = LinkCounters()
    let header = PacketTransmitterTests.frame(count)
    let isTaken = transmitter.transmit(OutgoingFrame(header: header.rawSpan), &passed)
    #expect(isTaken)
    #expect(slots.status(of: 0) == 1)
    #expect(passed.framesOut == 1)
    #expect(passed.bytesOut == UInt64(count))
    transmitter.flush(&passed)
    let isTold = try pair.hasEmptyMessage()
    #expect(isTold)
  }

  @Test func `A longer frame is a message, and the ring stays as it is`() throws {
    let pair = try SocketPair(at: place.path)
    let memory = try PacketMemory(alone: ShortFrameSocket.layout.byteCount)
    let slots = memory.slots(of: ShortFrameSocket.layout)
    let number = pair.sender.descriptor.number
    var transmitter = PacketTransmitter(
      short: slots, of: number, upTo: PacketTransmitterTests.longest, messagesBy: number)
    var passed = LinkCounters()
    let header = PacketTransmitterTests.frame(PacketTransmitterTests.longest + 1)
    _ = transmitter.transmit(OutgoingFrame(header: header.rawSpan), &passed)
    #expect(slots.status(of: 0) == 0)
    transmitter.flush(&passed)
    let received = try pair.nextMessage()
    #expect(received.count == VirtioHeader.byteCount + header.count)
    #expect(passed.framesOut == 1)
    #expect(passed.bytesOut == UInt64(header.count))
  }

  @Test func `What came first goes first, whichever way`() throws {
    let pair = try SocketPair(at: place.path)
    let memory = try PacketMemory(alone: ShortFrameSocket.layout.byteCount)
    let number = pair.sender.descriptor.number
    var transmitter = PacketTransmitter(
      short: memory.slots(of: ShortFrameSocket.layout), of: number, upTo: PacketTransmitterTests.longest,
      messagesBy: number)
    var passed = LinkCounters()
    for count in [60, 60, 300, 301, 60, 302] {
      let header = PacketTransmitterTests.frame(count)
      _ = transmitter.transmit(OutgoingFrame(header: header.rawSpan), &passed)
    }
    transmitter.flush(&passed)
    #expect(passed.framesOut == 6)
    // Two short ones, two long ones, a short one, a long one.
    for expected in [nil, 300, 301, nil, 302] as [Int?] {
      guard let expected else {
        let isTold = try pair.hasEmptyMessage()
        #expect(isTold)
        continue
      }
      let received = try pair.nextMessage()
      #expect(received.count == VirtioHeader.byteCount + expected)
    }
  }

  @Test func `Without a ring all are messages, and with one socket's own all go through it`() throws {
    let pair = try SocketPair(at: place.path)
    let number = pair.sender.descriptor.number
    var passed = LinkCounters()
    let header = PacketTransmitterTests.frame(60)
    var messages = PacketTransmitter(number, slots: nil, longestCopied: .max)
    _ = messages.transmit(OutgoingFrame(header: header.rawSpan), &passed)
    messages.flush(&passed)
    let received = try pair.nextMessage()
    #expect(received.count == VirtioHeader.byteCount + header.count)

    let memory = try PacketMemory(alone: ShortFrameSocket.layout.byteCount)
    let slots = memory.slots(of: ShortFrameSocket.layout)
    var ring = PacketTransmitter(number, slots: slots, longestCopied: .max)
    let long = PacketTransmitterTests.frame(PacketTransmitterTests.longest * 10)
    _ = ring.transmit(OutgoingFrame(header: long.rawSpan), &passed)
    #expect(slots.status(of: 0) == 1)
  }

  @Test func `A frame for which the ring has no room is refused and counted`() throws {
    let pair = try SocketPair(at: place.path)
    let memory = try PacketMemory(alone: ShortFrameSocket.layout.byteCount)
    let slots = memory.slots(of: ShortFrameSocket.layout)
    let number = pair.sender.descriptor.number
    var transmitter = PacketTransmitter(
      short: slots, of: number, upTo: PacketTransmitterTests.longest, messagesBy: number)
    var passed = LinkCounters()
    let header = PacketTransmitterTests.frame(60)
    for _ in 0..<slots.layout.slotCount {
      let isTaken = transmitter.transmit(OutgoingFrame(header: header.rawSpan), &passed)
      #expect(isTaken)
    }
    let isTaken = transmitter.transmit(OutgoingFrame(header: header.rawSpan), &passed)
    #expect(!isTaken)
    #expect(passed.refused == 1)
    slots.setStatus(0, of: 0)
    let isTakenNow = transmitter.transmit(OutgoingFrame(header: header.rawSpan), &passed)
    #expect(isTakenNow)
  }
}
