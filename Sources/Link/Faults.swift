package import Time

/// How often a direction of a link harms a frame, each in parts per million, each drawn for itself.
package struct Faults: Equatable, Sendable {
  /// Frames that vanish.
  package var dropped: UInt32 = 0
  /// Frames that come twice.
  package var duplicated: UInt32 = 0
  /// Frames that one to three later ones overtake.
  package var reordered: UInt32 = 0
  /// IP packets of which one bit is turned over, behind the Ethernet header: a cable's own check sequence guards that.
  package var corrupted: UInt32 = 0
  /// Frames that come later than sent.
  package var delayed: UInt32 = 0
  /// The least delay of a delayed frame.
  package var shortestDelay = Interval.zero
  /// The most delay of a delayed frame; each is as likely. Equal delays keep the order.
  package var longestDelay = Interval.zero

  /// A perfect direction.
  package static let none = Faults()

  /// No fault yet.
  package init() {}
}

/// What a faulty direction has done.
package struct FaultCounters: Equatable, Sendable {
  /// Frames that came to it.
  package var offered: UInt64 = 0
  /// Frames that vanished as they should.
  package var dropped: UInt64 = 0
  /// Frames that were doubled.
  package var duplicated: UInt64 = 0
  /// Frames that were held back for others to overtake.
  package var reordered: UInt64 = 0
  /// Frames of which a bit was turned over.
  package var corrupted: UInt64 = 0
  /// Frames that were delayed.
  package var delayed: UInt64 = 0
  /// Frames that vanished because too many were held back, or because the device was full when their time came.
  package var overflowed: UInt64 = 0
  /// Frames that went by unharmed because they were longer than a single frame, or left work to the device.
  package var spared: UInt64 = 0

  /// All zero.
  package init() {}
}
