/// The options of a TCP header. A handshake has others than the segments after it, so neither can be given the other's.
package enum TCPOptions: Equatable, Sendable {
  /// None at all.
  case none
  /// Those of a segment with SYN.
  case handshake(HandshakeOptions)
  /// Those of any other segment.
  case segment(SegmentOptions)
}

/// The options with which two ends agree on a connection.
package struct HandshakeOptions: Equatable, Sendable {
  /// The largest text the sender takes in one segment (RFC 9293 §3.7.1).
  package var maximumSegmentSize: UInt16?
  /// By how many bits the sender's windows are to be shifted, 0 to 14; larger ones are taken for 14 (RFC 7323 §2.3).
  package var windowScale: UInt8?
  /// Whether the sender understands selective acknowledgments (RFC 2018 §2).
  package var selectiveAcknowledgments: Bool
  /// The sender's clock (RFC 7323 §3).
  package var timestamps: Timestamps?

  /// Options with these values.
  @inlinable
  package init(
    maximumSegmentSize: UInt16? = nil, windowScale: UInt8? = nil, selectiveAcknowledgments: Bool = false,
    timestamps: Timestamps? = nil
  ) {
    self.maximumSegmentSize = maximumSegmentSize
    self.windowScale = windowScale
    self.selectiveAcknowledgments = selectiveAcknowledgments
    self.timestamps = timestamps
  }
}

/// The options of a segment once the connection is agreed on.
package struct SegmentOptions: Equatable, Sendable {
  /// The sender's clock, and the last it has seen of ours (RFC 7323 §3).
  package var timestamps: Timestamps?
  /// What the sender holds beyond its acknowledgment (RFC 2018 §3).
  package var selective: SelectiveBlocks

  /// Options with these values.
  @inlinable
  package init(timestamps: Timestamps? = nil, selective: SelectiveBlocks = SelectiveBlocks()) {
    self.timestamps = timestamps
    self.selective = selective
  }
}

/// The two clocks of the timestamps option (RFC 7323 §3.2).
package struct Timestamps: Equatable, Sendable {
  /// The sender's clock when the segment left (TSval).
  package var value: UInt32
  /// The receiver's clock as the sender saw it last (TSecr).
  package var echo: UInt32

  /// An option with these values.
  @inlinable
  package init(value: UInt32, echo: UInt32) {
    self.value = value
    self.echo = echo
  }
}
