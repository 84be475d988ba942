/// Hashes of the content that tools which build sites put into the names of files, as in `app.3f2a9b1c.js`.
///
/// Whoever changes such a file gives it another name, so it may be cached for ever. What only looks like a hash must not be
/// taken for one: dates, numbers of versions and cameras, and words.
enum Fingerprint {
  /// Whether a name holds one.
  static func isIn(_ name: String) -> Bool {
    // A page is asked for by its name, which stays.
    guard !["html", "htm", "xhtml", "txt", "xml", "json"].contains(MediaTypes.ending(of: name)) else { return false }
    let parts = name.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "-" || $0 == "_" || $0 == "~" }
    // The first part names the file, the last is its ending.
    return parts.dropFirst().dropLast().contains(where: isHash)
  }

  /// Whether a part of a name is at least eight digits of a number to the base 16, 32 or 62, as chance would have them:
  /// letters and digits are mixed, and follow each other often.
  private static func isHash(_ part: Substring) -> Bool {
    guard (8...64).contains(part.utf8.count), part.utf8.allSatisfy({ isDigit($0) || isLetter($0) }) else {
      return false
    }
    let kinds = part.utf8.map { isDigit($0) ? 0 : $0 & 0x20 == 0 ? 1 : 2 }
    let changes = zip(kinds, kinds.dropFirst()).count { $0 != $1 }
    guard Set(kinds).count >= 2, kinds.contains(0) else { return false }
    let isHexadecimal = part.utf8.allSatisfy { isDigit($0) || ($0 | 0x20) <= UInt8(ascii: "f") }
    return changes >= (isHexadecimal ? 2 : 3)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }
}
