/// A TCP header (RFC 9293 §3.1). Urgent pointers are neither read nor written (RFC 6093).
package struct TCPHeader: Equatable, Sendable {
  /// Bytes of a header without options.
  package static let byteCount = 20
  /// Where the checksum field lies in the header.
  package static let checksumOffset = 16

  /// The sender's port.
  package var sourcePort: UInt16
  /// The receiver's port.
  package var destinationPort: UInt16
  /// The number of the first byte of text, or of the SYN (SEG.SEQ).
  package var sequence: SequenceNumber
  /// The number the sender expects next (SEG.ACK); nil where the ACK bit is off.
  package var acknowledgment: SequenceNumber?
  /// SYN, FIN, RST or none of these.
  package var control: TCPControl
  /// Whether the receiver should hand the text to its application at once.
  package var isPush: Bool
  /// The congestion flags (RFC 3168 §6.1).
  package var congestion: TCPCongestionFlags
  /// How much more the sender is ready to receive (SEG.WND), not yet scaled.
  package var window: UInt16
  /// The options.
  package var options: TCPOptions

  /// A header with these fields.
  @inlinable
  package init(
    sourcePort: UInt16, destinationPort: UInt16, sequence: SequenceNumber, acknowledgment: SequenceNumber? = nil,
    control: TCPControl = .none, isPush: Bool = false, congestion: TCPCongestionFlags = [], window: UInt16 = 0,
    options: TCPOptions = .none
  ) {
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
    self.sequence = sequence
    self.acknowledgment = acknowledgment
    self.control = control
    self.isPush = isPush
    self.congestion = congestion
    self.window = window
    self.options = options
  }
}

/// The control bit of a segment: at most one of three, since no segment sensibly carries two.
package enum TCPControl: Sendable {
  /// None: text, an acknowledgment, or both.
  case none
  /// Synchronize sequence numbers: opens a connection.
  case syn
  /// No more text from the sender.
  case fin
  /// The connection is gone.
  case rst
}

/// The two flags with which TCP speaks of congestion (RFC 3168 §6.1).
package struct TCPCongestionFlags: OptionSet, Sendable {
  /// The flags as they stand in the header's flag byte.
  package let rawValue: UInt8

  /// Congestion was experienced: ECN-Echo.
  package static let echo = TCPCongestionFlags(rawValue: 0x40)
  /// The window was reduced: CWR.
  package static let windowReduced = TCPCongestionFlags(rawValue: 0x80)

  /// Flags with these bits.
  @inlinable
  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }
}
