extension IPv4Address: CustomStringConvertible {
  /// Reads four decimal numbers with dots between them (`10.9.0.2`).
  ///
  /// A number with a zero in front is refused: others take it for octal (RFC 6943 §3.1.1).
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var value: UInt32 = 0
    for part in parts {
      guard part.first != "0" || part.count == 1, part.allSatisfy(\.isWholeNumber) else { return nil }
      guard let byte = UInt8(part) else { return nil }
      value = value << 8 | UInt32(byte)
    }
    self.init(value)
  }

  /// Four decimal numbers with dots between them.
  package var description: String {
    "\(value >> 24).\(value >> 16 & 0xFF).\(value >> 8 & 0xFF).\(value & 0xFF)"
  }
}
