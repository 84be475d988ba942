import Link
import TestKit
import Testing
import Wire

@testable import LinuxLink

/// Frames that go two ways, with a local socket in the place of both packet sockets and the test in the place of the kernel that
/// empties the ring: when it is told of frames in the ring, an empty message arrives, and after that the message of the next frame.
struct PacketTransmitterTests {
  private static let longest = 100

  /// A transmitter between a ring in memory and a local socket.
  private struct Cable: ~Copyable {
    let pair: SocketPair
    let memory: PacketMemory
    var transmitter: PacketTransmitter
    var passed = LinkCounters()

    init(_ place: TestFile) throws {
      let pair = try SocketPair(at: place.path)
      let memory = try PacketMemory(alone: ShortFrameSocket.layout.byteCount)
      let number = pair.sender.descriptor.number
      transmitter = PacketTransmitter(
        short: memory.slots(of: ShortFrameSocket.layout), of: number, upTo: PacketTransmitterTests.longest,
        messagesBy: number)
      self.pair = pair
      self.memory = memory
    }

    var slots: PacketSlots { memory.slots(of: ShortFrameSocket.layout) }

    /// Offers a frame of so many bytes.
    mutating func transmit(_ count: Int) -> Bool {
      let header = [UInt8](repeating: 7, count: count)
      return transmitter.transmit(OutgoingFrame(header: header.rawSpan), &passed)
    }

    mutating func flush() { transmitter.flush(&passed) }
  }

  private let place: TestFile

  init() throws {
    place = try TestFile(nil)
  }

  @Test(arguments: [99, 100])
  func `A short frame goes through the ring`(count: Int) throws {
    var cable = try Cable(place)
    let isTaken = cable.transmit(count)
    let (status, passed) = (cable.slots.status(of: 0), cable.passed)
    #expect(isTaken)
    #expect(status == 1)
    #expect(passed.framesOut == 1)
    #expect(passed.bytesOut == UInt64(count))
    cable.flush()
    let isTold = try cable.pair.hasEmptyMessage()
    #expect(isTold)
  }

  @Test func `A longer frame is a message, and the ring stays as it is`() throws {
    var cable = try Cable(place)
    let count = PacketTransmitterTests.longest + 1
    _ = cable.transmit(count)
    let status = cable.slots.status(of: 0)
    #expect(status == 0)
    cable.flush()
    let received = try cable.pair.nextMessage()
    #expect(received.count == VirtioHeader.byteCount + count)
    let passed = cable.passed
    #expect(passed.framesOut == 1)
    #expect(passed.bytesOut == UInt64(count))
  }

  @Test func `What came first goes first, whichever way`() throws {
    var cable = try Cable(place)
    for count in [60, 60, 300, 301, 60, 302] { _ = cable.transmit(count) }
    cable.flush()
    let passed = cable.passed
    #expect(passed.framesOut == 6)
    // Two short ones, two long ones, a short one, a long one.
    for expected in [nil, 300, 301, nil, 302] as [Int?] {
      guard let expected else {
        let isTold = try cable.pair.hasEmptyMessage()
        #expect(isTold)
        continue
      }
      let received = try cable.pair.nextMessage()
      #expect(received.count == VirtioHeader.byteCount + expected)
    }
  }

  @Test func `Without a ring all are messages, and with one socket's own all go through it`() throws {
    var cable = try Cable(place)
    let number = cable.pair.sender.descriptor.number
    cable.transmitter = PacketTransmitter(number, slots: nil, longestCopied: .max)
    _ = cable.transmit(60)
    cable.flush()
    let received = try cable.pair.nextMessage()
    #expect(received.count == VirtioHeader.byteCount + 60)

    cable.transmitter = PacketTransmitter(number, slots: cable.slots, longestCopied: .max)
    _ = cable.transmit(PacketTransmitterTests.longest * 10)
    let status = cable.slots.status(of: 0)
    #expect(status == 1)
  }

  @Test func `A frame for which the ring has no room is refused and counted`() throws {
    var cable = try Cable(place)
    for _ in 0..<ShortFrameSocket.layout.slotCount {
      let isTaken = cable.transmit(60)
      #expect(isTaken)
    }
    let isTaken = cable.transmit(60)
    let passed = cable.passed
    #expect(!isTaken)
    #expect(passed.refused == 1)
    cable.slots.setStatus(0, of: 0)
    let isTakenNow = cable.transmit(60)
    #expect(isTakenNow)
  }
}
