/// Packets in tests are written as in a capture or in an RFC.
extension [UInt8] {
  /// Reads a hexadecimal dump; traps when the text is not one.
  ///
  /// Digits may be grouped in any even number. A word that ends with a colon is an offset and is skipped, and so is
  /// the rest of a line from `#` on.
  package init(hex dump: String) {
    self = []
    for line in dump.split(separator: "\n") {
      let columns = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
      for word in columns where !word.hasSuffix(":") {
        append(contentsOf: [UInt8](digits: word))
      }
    }
  }

  /// The bytes in hexadecimal with spaces between them.
  package var hex: String {
    map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return digits.count == 1 ? "0" + digits : digits
    }.joined(separator: " ")
  }

  private init(digits word: Substring) {
    let digits = word.map { character -> UInt8 in
      guard let digit = character.hexDigitValue else { preconditionFailure("\(word) is not hexadecimal") }
      return UInt8(digit)
    }
    precondition(digits.count % 2 == 0, "\(word) ends in half a byte")
    self = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
