import Wire

/// The answer to a segment that belongs to no connection (RFC 9293 §3.10.7.1).
package enum Reset {
  /// The reset that answers a segment; nil where the segment is a reset itself.
  package static func answering(_ segment: Segment) -> OutgoingSegment? {
    if segment.header.control == .rst { return nil }
    if let acknowledgment = segment.header.acknowledgment {
      return OutgoingSegment(sequence: acknowledgment, acknowledgment: nil, control: .rst)
    }
    return OutgoingSegment(sequence: SequenceNumber(0), acknowledgment: segment.end, control: .rst)
  }
}
