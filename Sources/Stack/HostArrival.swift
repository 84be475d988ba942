package import TCP

/// What a frame has changed for a connection.
package struct HostArrival {
  /// Which connection.
  package let connection: ConnectionID
  /// What its segment has changed. `text` counts from the first byte of the frame.
  package var arrival: Arrival
  /// Whether the connection is new.
  package var isNew: Bool
  /// Where the text that can be read now lies.
  package var reading: Reading

  /// Where unread text lies.
  package enum Reading: Equatable, Sendable {
    /// There is none that is new.
    case nothing
    /// In the frame: `arrival.text` says where. It has to be consumed or kept before the next frame.
    case frame
    /// In the connection's receive buffer, behind older text.
    case buffer
  }

  /// Whether the segment has brought anything on, which no stranger's and no copy of an old one does.
  var hasNews: Bool { arrival.acknowledgedCount > 0 || arrival.hasText }
}

/// What time has brought to a connection.
package enum HostEvent: Equatable, Sendable {
  /// It ended.
  case ended(ConnectionID, Ending)
  /// The moment its application had asked for has come.
  case deadline(ConnectionID)
}
