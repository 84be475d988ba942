/// What a server does with its connections: the part that you write.
///
/// Every call comes with the `TCPService` that has the connections; nothing blocks and nothing is called from another
/// thread. An application that has nothing to do for some event leaves the method out.
public protocol TCPApplication {
  /// A peer has connected.
  mutating func opened(_ connection: TCPConnection, of service: inout TCPService)

  /// Text has come.
  /// - Parameters:
  ///   - text: all bytes in order that were not taken yet. They are gone after the call.
  ///   - connection: where they have come.
  ///   - service: what has the connection.
  /// - Returns: how many of them, from the first, are taken. The others are offered again with what comes next, or when
  ///   more can be sent; as long as they are not taken the peer's window closes, and it waits.
  mutating func received(_ text: RawSpan, on connection: TCPConnection, of service: inout TCPService) -> Int

  /// More text can be sent than before, for the peer has acknowledged some.
  mutating func canSend(on connection: TCPConnection, of service: inout TCPService)

  /// The peer has closed its side, and all it has sent was taken: no more text will come.
  mutating func peerFinished(_ connection: TCPConnection, of service: inout TCPService)

  /// The connection is gone, however it ended. Its name is not valid any more.
  mutating func ended(_ connection: TCPConnection)
}

extension TCPApplication {
  /// Does nothing.
  public mutating func opened(_ connection: TCPConnection, of service: inout TCPService) {}

  /// Does nothing.
  public mutating func canSend(on connection: TCPConnection, of service: inout TCPService) {}

  /// Closes our side, too, behind what is still to be sent.
  public mutating func peerFinished(_ connection: TCPConnection, of service: inout TCPService) {
    service.finish(connection)
  }

  /// Does nothing.
  public mutating func ended(_ connection: TCPConnection) {}
}
