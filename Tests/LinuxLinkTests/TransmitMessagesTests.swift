import Link
import TestKit
import Testing
import Wire

@testable import LinuxLink

/// Frames that go as messages, through a local socket in the place of a packet socket: one message there is one here.
struct TransmitMessagesTests {
  private let place: TestFile

  init() throws {
    place = try TestFile(nil)
  }

  /// A virtio header as it stands before each frame.
  private static func virtio(_ flags: UInt8, headers: Int, start: UInt8 = 0, offset: UInt8 = 0) -> [UInt8] {
    [flags, 0, UInt8(headers & 0xFF), UInt8(headers >> 8), 0, 0, start, 0, offset, 0]
  }

  @Test(arguments: [10, 1_492, 1_600, 60_000])
  func `A frame is one message, a virtio header before it`(textCount: Int) throws {
    let pair = try SocketPair(at: place.path)
    var messages = TransmitMessages(longestWhole: 104)
    let header = [UInt8](repeating: 7, count: 54)
    let head = [UInt8](repeating: 8, count: 20)
    let text = [UInt8](repeating: 9, count: textCount)
    messages.append(
      OutgoingFrame(
        header: header.rawSpan, text: head.rawSpan, text.rawSpan, RawSpan(), head.rawSpan,
        offload: .checksum(start: 34, offset: 16)))
    let (waitingCount, mustGo) = (messages.waitingByteCount, messages.mustGo)
    #expect(waitingCount == 94 + textCount)
    #expect(!mustGo)
    let lostCount = messages.send(to: pair.sender.descriptor.number)
    withExtendedLifetime((head, text)) {}
    let leftCount = messages.waitingByteCount
    #expect(lostCount == 0)
    #expect(leftCount == 0)
    // What is called headers is copied by the kernel into one piece of memory: a short frame whole.
    let copiedCount = textCount == 10 ? 104 : 54
    let expected = TransmitMessagesTests.virtio(1, headers: copiedCount, start: 34, offset: 16)
    let received = try pair.nextMessage()
    #expect(received == expected + header + head + text + head)
  }

  @Test func `A frame that is copied whole says so`() throws {
    let pair = try SocketPair(at: place.path)
    var messages = TransmitMessages(longestWhole: .max)
    let header = [UInt8](repeating: 7, count: 54)
    messages.append(OutgoingFrame(header: header.rawSpan, offload: .checksum(start: 34, offset: 16)))
    _ = messages.send(to: pair.sender.descriptor.number)
    let received = try pair.nextMessage()
    #expect(received == TransmitMessagesTests.virtio(1, headers: 54, start: 34, offset: 16) + header)
  }

  @Test func `Headers may be written over as soon as a frame is taken, and frames keep their order`() throws {
    let pair = try SocketPair(at: place.path)
    var messages = TransmitMessages(longestWhole: 0)
    var header = [UInt8](repeating: 0, count: 60)
    for number in 1...3 as ClosedRange<UInt8> {
      header[0] = number
      messages.append(OutgoingFrame(header: header.rawSpan))
    }
    let lostCount = messages.send(to: pair.sender.descriptor.number)
    #expect(lostCount == 0)
    for number in 1...3 as ClosedRange<UInt8> {
      let received = try pair.nextMessage()
      #expect(received.count == 70)
      #expect(received[10] == number)
    }
  }

  @Test func `Headers that are too long to be copied have to go at once`() throws {
    let pair = try SocketPair(at: place.path)
    var messages = TransmitMessages(longestWhole: 0)
    let header = [UInt8](repeating: 7, count: TransmitMessages.storeByteCount)
    messages.append(OutgoingFrame(header: header.rawSpan))
    let mustGo = messages.mustGo
    #expect(mustGo)
    _ = messages.send(to: pair.sender.descriptor.number)
    withExtendedLifetime(header) {}
    let mustStillGo = messages.mustGo
    #expect(!mustStillGo)
    let received = try pair.nextMessage()
    #expect(received == TransmitMessagesTests.virtio(0, headers: 0) + header)
  }

  @Test func `No more can wait than there is room for, and what the socket does not take is lost and counted`() throws {
    let pair = try SocketPair(at: place.path)
    var messages = TransmitMessages(longestWhole: 0)
    let header = [UInt8](repeating: 7, count: 60)
    let text = [UInt8](repeating: 9, count: 60_000)
    for number in 1...TransmitMessages.capacity {
      messages.append(
        OutgoingFrame(header: header.rawSpan, text: text.rawSpan, RawSpan(), RawSpan(), RawSpan(), offload: .none))
      let mustGo = messages.mustGo
      #expect(mustGo == (number == TransmitMessages.capacity))
    }
    let lostCount = messages.send(to: pair.sender.descriptor.number)
    withExtendedLifetime(text) {}
    var arrivedCount = 0
    while try pair.nextMessage().count > 0 { arrivedCount += 1 }
    // Nobody has read before: the socket's buffer, of some hundred kilobytes, was full.
    #expect(arrivedCount > 0)
    #expect(lostCount == TransmitMessages.capacity - arrivedCount)
    messages.append(OutgoingFrame(header: header.rawSpan))
    let lostNow = messages.send(to: pair.sender.descriptor.number)
    #expect(lostNow == 0)
  }
}
