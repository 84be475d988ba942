/// Paths of a site, as references of its documents name them (RFC 3986 §5.2).
package enum SitePath {
  /// The path that a reference leads to, decoded and without dots; nil where it leads out of the site, to a place in the
  /// document itself, or nowhere.
  /// - Parameters:
  ///   - reference: the URL.
  ///   - base: the path of the document, or of what it says that its references are relative to.
  package static func resolve(_ reference: String, against base: String) -> String? {
    var bytes = reference.utf8.filter { $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }[...]
    while let byte = bytes.first, byte <= 0x20 { bytes = bytes.dropFirst() }
    while let byte = bytes.last, byte <= 0x20 { bytes = bytes.dropLast() }
    bytes = bytes.prefix { $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "?") }
    guard let first = bytes.first, !hasScheme(bytes) else { return nil }
    guard let decoded = decoded(bytes) else { return nil }
    if first == UInt8(ascii: "/") {
      guard bytes.dropFirst().first != UInt8(ascii: "/") else { return nil }
      return withoutDots(decoded)
    }
    let directory = base.utf8.prefix(through: base.utf8.lastIndex(of: UInt8(ascii: "/")) ?? base.utf8.startIndex)
    return withoutDots(Array(directory) + decoded)
  }

  /// Whether a URL begins with a scheme (RFC 3986 §3.1).
  private static func hasScheme(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), let first = bytes.first, isLetter(first) else {
      return false
    }
    return bytes[..<colon].allSatisfy { byte in
      isLetter(byte) || (byte >= 0x30 && byte <= 0x39) || [0x2B, 0x2D, 0x2E].contains(byte)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
  }

  /// The bytes that percent-escapes mean (RFC 3986 §2.1); nil where one means none.
  private static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    var position = bytes.startIndex
    while position < bytes.endIndex {
      var byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "%") {
        let digits = bytes[position...].prefix(2)
        guard digits.count == 2, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else {
          return nil
        }
        byte = value
        position += 2
      }
      guard byte != 0 else { return nil }
      result.append(byte)
    }
    return result
  }

  /// A path without `.` and `..` (RFC 3986 §5.2.4); nil where it leads above the root, or is no text.
  private static func withoutDots(_ path: [UInt8]) -> String? {
    var segments: [ArraySlice<UInt8>] = []
    let parts = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst()
    for (number, part) in parts.enumerated() {
      let isDots = part.elementsEqual([0x2E]) || part.elementsEqual([0x2E, 0x2E])
      if part.count == 2, isDots, segments.popLast() == nil { return nil }
      if !isDots { segments.append(part) } else if number == parts.count - 1 { segments.append([]) }
    }
    return String(validating: [0x2F] + segments.joined(separator: [0x2F]), as: UTF8.self)
  }
}
