extension TCPService {
  /// Sends bytes of an array, from `start` on, as `send(_:on:)` does.
  /// - Returns: how many were taken.
  public mutating func send(_ bytes: [UInt8], from start: Int = 0, on connection: TCPConnection) -> Int {
    unsafe send(bytes.span.bytes.extracting(start..<bytes.count), on: connection)
  }

  /// Sends the UTF-8 of a text, as `send(_:on:)` does.
  /// - Returns: how many bytes were taken.
  public mutating func send(_ text: String, on connection: TCPConnection) -> Int {
    send(Array(text.utf8), on: connection)
  }
}
