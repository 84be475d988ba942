import Glibc
import Link
import SystemPackage

/// What sends the frames of a packet device: those up to a length through a ring, if there is one, longer ones as messages, and
/// all in the order in which they come.
struct PacketTransmitter: ~Copyable {
  private var ring: TransmitRing?
  private var messages: TransmitMessages
  /// The longest frame that goes through the ring; longer ones, without a ring all, are messages.
  private let longestInRing: Int
  private let ringSocket: Int32
  private let messageSocket: Int32

  /// Bytes that wait at most to be sent together: a fraction of what is near a core, 1 to 2 MiB in 2026.
  private static let mostWaiting = 131_072

  /// Sends through a socket, all through its ring if there is one.
  /// - Parameters:
  ///   - slots: the slots of its ring.
  ///   - longestCopied: the longest frame that the kernel is told to copy into one piece of memory.
  init(_ socket: Int32, slots: PacketSlots?, longestCopied: Int) {
    self.init(
      slots, of: socket, upTo: slots == nil ? -1 : .max, messagesBy: socket, longestCopied: longestCopied)
  }

  /// Sends short frames through a ring, and longer ones as messages by another socket.
  init(short ring: borrowing ShortFrameRing, messagesBy messageSocket: Int32) {
    self.init(short: ring.slots, of: ring.socket, upTo: ShortFrameSocket.longestFrame, messagesBy: messageSocket)
  }

  /// Sends frames of up to `longest` bytes through the ring of one socket, and longer ones as messages by another; the kernel is
  /// told to copy each into one piece of memory.
  init(short slots: PacketSlots, of ringSocket: Int32, upTo longest: Int, messagesBy messageSocket: Int32) {
    self.init(slots, of: ringSocket, upTo: longest, messagesBy: messageSocket, longestCopied: .max)
  }

  private init(
    _ slots: PacketSlots?, of ringSocket: Int32, upTo longest: Int, messagesBy messageSocket: Int32, longestCopied: Int
  ) {
    ring = slots.map { slots in TransmitRing(slots, longestCopied: longestCopied) }
    messages = TransmitMessages(longestWhole: longestCopied)
    longestInRing = longest
    self.ringSocket = ringSocket
    self.messageSocket = messageSocket
  }

  /// Takes a frame; it leaves with `flush`, or when so much waits that the kernel would find the first of it gone from the
  /// processor's cache, or when one comes that goes the other way.
  /// - Returns: whether there was room for it.
  mutating func transmit(_ frame: borrowing OutgoingFrame, _ passed: inout LinkCounters) -> Bool {
    guard frame.byteCount <= longestInRing else {
      if let count = ring?.waitingCount, count > 0 { flushRing(&passed) }
      messages.append(frame)
      passed.count(frame)
      if messages.mustGo || messages.waitingByteCount >= PacketTransmitter.mostWaiting { flushMessages(&passed) }
      return true
    }
    if messages.waitingByteCount > 0 { flushMessages(&passed) }
    return transmitThroughRing(frame, &passed)
  }

  private mutating func transmitThroughRing(_ frame: borrowing OutgoingFrame, _ passed: inout LinkCounters) -> Bool {
    if ring?.hasRoom == false {
      flushRing(&passed)
      guard ring?.hasRoom == true else {
        passed.refused &+= 1
        return false
      }
    }
    ring?.append(frame)
    passed.count(frame)
    if let waiting = ring?.waitingByteCount, waiting >= PacketTransmitter.mostWaiting { flushRing(&passed) }
    return true
  }

  /// Sends what waits, with one system call: only one of both ways has anything that waits.
  ///
  /// An interface that is switched off loses it, as a cable that is pulled out does.
  mutating func flush(_ passed: inout LinkCounters) {
    flushRing(&passed)
    flushMessages(&passed)
  }

  private mutating func flushMessages(_ passed: inout LinkCounters) {
    passed.note(lost: messages.send(to: messageSocket))
  }

  private mutating func flushRing(_ passed: inout LinkCounters) {
    guard let reason = ring?.kick(ringSocket) else { return }
    switch reason {
    case .resourceTemporarilyUnavailable, .interrupted: break
    case .noBufferSpace, .noMemory:
      passed.errors &+= 1
      ring?.offerInPages()
      _ = ring?.kick(ringSocket)
    default:
      passed.note(lost: ring?.takeBack() ?? 0)
    }
  }
}

extension LinkCounters {
  /// Counts a frame that is sent.
  fileprivate mutating func count(_ frame: borrowing OutgoingFrame) {
    framesOut &+= 1
    bytesOut &+= UInt64(frame.byteCount)
  }

  /// Counts frames that were not sent after all.
  fileprivate mutating func note(lost count: Int) {
    errors &+= UInt64(count)
    framesOut &-= UInt64(count)
  }
}
