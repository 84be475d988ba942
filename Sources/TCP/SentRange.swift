package import Time
package import Wire

/// A stretch of numbers in flight that left at one moment and has had one fate since.
package struct SentRange: Sendable {
  /// Its first number.
  package var first: SequenceNumber
  /// The number behind its last.
  package var end: SequenceNumber
  /// When it was sent, the last time if more than once.
  package var sentAt: Instant
  /// Where the range behind it stands in the pool.
  var next = SentRange.none
  /// What has become of it.
  var marks: SentMarks = []

  /// No place in the pool.
  static let none = UInt32.max

  /// Numbers in it.
  package var count: UInt32 { end.value &- first.value }

  /// Whether the peer holds them ahead of a gap.
  package var isSelected: Bool { marks.contains(.selected) }

  /// Whether they are taken for lost and were not sent again.
  package var isLost: Bool { marks.contains(.lost) }
}

/// What has become of numbers in flight.
struct SentMarks: OptionSet, Sendable {
  let rawValue: UInt8

  /// The peer holds them ahead of a gap (RFC 2018); no other mark stands beside this one.
  static let selected = SentMarks(rawValue: 1)
  /// They are taken for lost and were not sent again since.
  static let lost = SentMarks(rawValue: 2)
  /// They were sent more than once: their acknowledgment may be that of an earlier copy.
  static let repeated = SentMarks(rawValue: 4)
}
