import Stack

/// The name of a connection, for as long as it lasts. A name is never used for another connection.
public struct TCPConnection: Hashable, Sendable {
  let id: ConnectionID
}

extension TCPConnection: CustomStringConvertible {
  /// A number for the place of the connection and one for how often that place was used.
  public var description: String { "\(id.index).\(id.generation)" }
}
