extension MACAddress: CustomStringConvertible {
  /// Reads six hexadecimal bytes with colons between them (`02:00:00:00:00:09`).
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 6 else { return nil }
    var value: UInt64 = 0
    for part in parts {
      guard part.count == 2, part.allSatisfy(\.isHexDigit), let byte = UInt8(part, radix: 16) else { return nil }
      value = value << 8 | UInt64(byte)
    }
    self.init(value)
  }

  /// Six hexadecimal bytes with colons between them.
  package var description: String {
    (0..<6).map { index in
      let digits = String(value >> UInt64(40 - 8 * index) & 0xFF, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined(separator: ":")
  }
}
