package import Wire

/// A segment that has arrived: its header and how much text came with it. The text itself stays in the frame.
package struct Segment {
  /// The header as it was sent.
  package var header: TCPHeader

  /// Bytes of text.
  package var textCount: Int

  /// Whether a router has marked its packet (RFC 3168 §5): it has met congestion on its way.
  package var hasMetCongestion = false

  /// A segment with so much text.
  @inlinable
  package init(header: TCPHeader, textCount: Int) {
    self.header = header
    self.textCount = textCount
  }

  /// SEG.SEQ: the number of its first byte, or of its SYN.
  @inlinable
  package var sequence: SequenceNumber { header.sequence }

  /// SEG.LEN: what it takes of the number space, SYN and FIN included (RFC 9293 §3.4).
  @inlinable
  package var length: UInt32 {
    let control: UInt32 = header.control == .syn || header.control == .fin ? 1 : 0
    return UInt32(truncatingIfNeeded: textCount) &+ control
  }

  /// The number behind its last.
  @inlinable
  package var end: SequenceNumber { sequence + length }
}
