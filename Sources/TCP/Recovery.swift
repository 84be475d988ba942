package import Wire

/// What duplicate acknowledgments have told of lost text (RFC 5681 §3.2, RFC 6582).
package struct Recovery: Sendable {
  /// Duplicate acknowledgments in a row.
  var duplicates: UInt8 = 0
  /// The number behind the highest sent when the first of them came: what limited transmit sends after it is no part of
  /// the flight that is halved (RFC 5681 §3.2, step 2).
  var sentBefore = SequenceNumber(0)
  /// RECOVER: the highest number sent when the loss was noticed; nil outside recovery.
  package var recover: SequenceNumber?
  /// Up to this number a time-out has everything sent again, and duplicates say nothing new (RFC 6582 §3.2, step 1; §4).
  var ignoreUpTo: SequenceNumber?
  /// Whether the segment at SND.UNA is to be sent again with the next turn.
  var resendFirst = false

  /// The duplicates that mean a loss.
  static let threshold: UInt8 = 3

  /// Whether lost text is being repaired.
  package var isActive: Bool { recover != nil }
}
