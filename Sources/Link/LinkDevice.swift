/// Something that carries Ethernet frames: a TAP, a packet socket, a wire in memory, or a wrapper around one of these.
///
/// A device never blocks. Whoever runs it waits for its descriptor where it has one.
package protocol LinkDevice: ~Copyable {
  /// What the device is and can do.
  var properties: LinkProperties { get }

  /// What has passed through, and what was lost.
  var counters: LinkCounters { get }

  /// The next frame that has arrived, valid until the next call, or nil when there is none right now.
  @_lifetime(&self)
  mutating func receive() -> ReceivedFrame?

  /// Sends a frame, or queues it until `flush`. Until then its text has to stay as it is; its headers are free at once.
  /// - Returns: false when the device takes no more now. The frame is not sent; nothing of it was kept.
  mutating func transmit(_ frame: borrowing OutgoingFrame) -> Bool

  /// Pushes out whatever `transmit` has queued.
  mutating func flush()

  /// Looks at an error that has woken whoever waits for the device, and clears it.
  /// - Returns: whether the device is still there.
  mutating func recover() -> Bool
}

extension LinkDevice where Self: ~Copyable {
  /// A device that has an error is gone.
  package mutating func recover() -> Bool { false }
}

/// What a device has done since it was opened.
package struct LinkCounters: Equatable, Sendable {
  /// Frames received.
  package var framesIn: UInt64 = 0
  /// Frames sent; a super-frame counts once.
  package var framesOut: UInt64 = 0
  /// Bytes received, headers included.
  package var bytesIn: UInt64 = 0
  /// Bytes sent, headers included.
  package var bytesOut: UInt64 = 0
  /// Frames that the device could not take when they were offered.
  package var refused: UInt64 = 0
  /// Errors of the device other than being full or empty.
  package var errors: UInt64 = 0

  /// All zero.
  package init() {}
}
