package import Wire

/// A segment to be sent, or several that a device will cut from one frame: everything of the header but the ports, and
/// which part of the send queue is its text.
package struct OutgoingSegment: Equatable {
  /// SEG.SEQ.
  package var sequence: SequenceNumber
  /// SEG.ACK; nil only in a reset that answers a segment without one.
  package var acknowledgment: SequenceNumber?
  /// SYN, FIN, RST or none.
  package var control: TCPControl
  /// Whether this is the last text there is for now.
  package var isPush: Bool
  /// SEG.WND as it stands in the header, already scaled down.
  package var window: UInt16
  /// The options.
  package var options: TCPOptions
  /// Where the text begins, in bytes behind the first unacknowledged one.
  package var textOffset: Int
  /// Bytes of text, 0 for none.
  package var textCount: Int
  /// The most text that one segment on the wire may carry: larger text is to be cut.
  package var segmentSize: Int
  /// Whether some of the text was sent before.
  package var isRetransmission: Bool
  /// The congestion flags (RFC 3168 §6.1).
  package var congestion: TCPCongestionFlags = []
  /// What the Internet header says of congestion.
  package var mark = CongestionMark.notCapable

  /// A segment without text.
  package init(
    sequence: SequenceNumber, acknowledgment: SequenceNumber?, control: TCPControl = .none, window: UInt16 = 0,
    options: TCPOptions = .none
  ) {
    self.sequence = sequence
    self.acknowledgment = acknowledgment
    self.control = control
    self.isPush = false
    self.window = window
    self.options = options
    self.textOffset = 0
    self.textCount = 0
    self.segmentSize = 0
    self.isRetransmission = false
  }
}
