import Wire

/// What a host has seen and done since it was made.
package struct StackCounters: Equatable, Sendable {
  /// Segments received for our address.
  package var segmentsIn: UInt64 = 0
  /// Segments sent; a super-segment counts once.
  package var segmentsOut: UInt64 = 0
  /// Segments sent with text that had been sent before (Linux: `TcpRetransSegs`).
  package var retransmissions: UInt64 = 0
  /// Segments sent for nothing but their acknowledgment.
  package var pureAcknowledgments: UInt64 = 0
  /// Resets sent.
  package var resetsOut: UInt64 = 0
  /// Connections opened by peers (Linux: `TcpPassiveOpens`).
  package var connectionsOpened: UInt64 = 0
  /// Connections opened by us (Linux: `TcpActiveOpens`).
  package var openingsBegun: UInt64 = 0
  /// Connections that could not be opened: refused, or to an address that nobody has (Linux: `TcpAttemptFails`).
  package var openingsFailed: UInt64 = 0
  /// Connections that ended in any way.
  package var connectionsEnded: UInt64 = 0
  /// Connections that a peer reset.
  package var connectionsReset: UInt64 = 0
  /// Connections whose peer fell silent.
  package var connectionsTimedOut: UInt64 = 0
  /// Connections that were reset because too many were closed and not yet gone (Linux: `TCPAbortOnMemory`).
  package var orphansReset: UInt64 = 0
  /// SYNs answered with a cookie because there were too many handshakes (Linux: `SyncookiesSent`).
  package var cookiesSent: UInt64 = 0
  /// Connections opened by a cookie (Linux: `SyncookiesRecv`).
  package var cookiesAccepted: UInt64 = 0
  /// Resets and acknowledgments that were not sent because strangers called for too many.
  package var answersWithheld: UInt64 = 0
  /// SYNs dropped because there were too many connections (Linux: `ListenOverflows`).
  package var synsDropped: UInt64 = 0
  /// SYNs, and last acknowledgments of handshakes, dropped because their address had as many connections as one may.
  package var synsOverShare: UInt64 = 0
  /// TIME-WAITs forgotten before their time because there were too many.
  package var timeWaitsEvicted: UInt64 = 0
  /// Connections whose segments were made smaller because a router asked for it.
  package var pathsNarrowed: UInt64 = 0
  /// Control messages that knew no number in flight, or told nothing that is heeded (RFC 5927).
  package var messagesIgnored: UInt64 = 0
  /// Frames of our own dropped because too many waited.
  package var controlFramesDropped: UInt64 = 0
  /// Text dropped because no buffer was free for it.
  package var textDropped: UInt64 = 0
  /// Echo requests answered.
  package var echoesAnswered: UInt64 = 0
  /// Frames dropped, by reason.
  package var drops = DropCounters()

  /// All zero.
  package init() {}
}

/// Frames dropped, by reason.
package struct DropCounters: Equatable, Sendable {
  /// A header ends before it should.
  package var truncated: UInt64 = 0
  /// A version or type this host does not speak.
  package var unsupported: UInt64 = 0
  /// A length contradicts another.
  package var badLength: UInt64 = 0
  /// An option that cannot be.
  package var badOption: UInt64 = 0
  /// A checksum does not add up.
  package var badChecksum: UInt64 = 0
  /// Flags that do not go together, or addresses that cannot be a sender's.
  package var badFlags: UInt64 = 0
  /// For another station or another address.
  package var notForUs: UInt64 = 0
  /// Part of a packet: this host does not reassemble.
  package var fragment: UInt64 = 0

  /// All zero.
  package init() {}

  /// Counts a frame whose bytes were not what they should be.
  mutating func count(_ error: ParseError) {
    switch error {
    case .truncated: truncated += 1
    case .unsupported: unsupported += 1
    case .badLength: badLength += 1
    case .badOption: badOption += 1
    case .badChecksum: badChecksum += 1
    case .badFlags: badFlags += 1
    }
  }

  /// All of them together.
  package var total: UInt64 {
    truncated + unsupported + badLength + badOption + badChecksum + badFlags + notForUs + fragment
  }
}
