package import Link
import Wire

/// A link device in memory: it delivers the frames it was given, and keeps those that it is sent.
package struct ScriptedDevice: ~Copyable, LinkDevice {
  /// A frame that waits to be received.
  package struct Arrival: Sendable {
    /// The frame from its destination address on.
    package var bytes: [UInt8]
    /// What is known of its checksum.
    package var checksum: ReceivedChecksum

    /// A frame of whose checksum nothing is known unless said.
    package init(_ bytes: [UInt8], checksum: ReceivedChecksum = .unverified) {
      self.bytes = bytes
      self.checksum = checksum
    }
  }

  /// What it says of itself.
  package let properties: LinkProperties
  /// What has passed through.
  package private(set) var counters = LinkCounters()
  /// Frames still to be received, the next one first.
  package var arrivals: [Arrival] = []
  /// Frames that were sent, the last one last.
  package private(set) var sent: [[UInt8]] = []
  /// How many more frames it takes.
  package var room = Int.max
  /// How often it was flushed.
  package private(set) var flushCount = 0

  private var memory = ByteArena(byteCount: 70_000)

  /// A device that finishes checksums and cuts segments, unless it is a plain one.
  package init(mtu: Int = 1_500, isPlain: Bool = false) {
    properties = LinkProperties(
      address: MACAddress(0x02_00_00_00_00_09), mtu: mtu, finishesChecksums: !isPlain,
      largestSuperSegment: isPlain ? 0 : 65_455)
  }

  /// The next of `arrivals`.
  @_lifetime(&self)
  package mutating func receive() -> ReceivedFrame? {
    guard !arrivals.isEmpty else { return nil }
    let arrival = arrivals.removeFirst()
    let count = arrival.bytes.count
    var bytes = memory.mutableBytes(at: 0, count: count)
    bytes.copy(arrival.bytes.rawSpan, to: 0)
    counters.framesIn += 1
    counters.bytesIn += UInt64(count)
    return ReceivedFrame(bytes: memory.bytes(at: 0, count: count), checksum: arrival.checksum)
  }

  /// Keeps the frame while there is room.
  package mutating func transmit(_ frame: borrowing OutgoingFrame) -> Bool {
    guard room > 0 else {
      counters.refused += 1
      return false
    }
    room -= 1
    counters.framesOut += 1
    counters.bytesOut += UInt64(frame.byteCount)
    let text = frame.text
    let front = [UInt8](copying: frame.header) + [UInt8](copying: text.0) + [UInt8](copying: text.1)
    sent.append(front + [UInt8](copying: text.2) + [UInt8](copying: text.3))
    return true
  }

  /// Only counts.
  package mutating func flush() {
    flushCount += 1
  }
}
