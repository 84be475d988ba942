import TestKit

/// The escapes in the texts of the corpus.
enum CorpusText {
  /// The bytes that a text stands for.
  /// - Parameter tag: the entity tag of a path.
  static func decode(_ text: String, tag: (String) throws -> String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = text[...]
    while let character = rest.popFirst() {
      guard character == "\\" else {
        bytes += Array(String(character).utf8)
        continue
      }
      bytes += try escape(&rest, tag: tag)
    }
    return bytes
  }

  /// Reads what follows a backslash.
  private static func escape(_ rest: inout Substring, tag: (String) throws -> String) throws -> [UInt8] {
    switch rest.popFirst() {
    case "r": return [0x0D]
    case "n": return [0x0A]
    case "t": return [0x09]
    case "0": return [0]
    case "\\": return [0x5C]
    case "x":
      guard let byte = UInt8(rest.prefix(2), radix: 16) else { throw TestFailure("no escape: \\x\(rest.prefix(2))") }
      rest = rest.dropFirst(2)
      return [byte]
    case "{":
      let words = rest.prefix { $0 != "}" }
      rest = rest.dropFirst(words.count + 1)
      return try braces(String(words), tag: tag)
    case let other: throw TestFailure("no escape: \\\(other.map(String.init) ?? "")")
    }
  }

  /// `etag /path`, `tag /path` for what stands between its quotes, or `3*text` for a text three times.
  private static func braces(_ words: String, tag: (String) throws -> String) throws -> [UInt8] {
    if words.hasPrefix("etag ") { return Array(try tag(String(words.dropFirst(5))).utf8) }
    if words.hasPrefix("tag ") { return Array(try tag(String(words.dropFirst(4))).utf8.dropFirst().dropLast()) }
    let parts = words.split(separator: "*", maxSplits: 1)
    guard parts.count == 2, let count = Int(parts[0]) else { throw TestFailure("no braces: \(words)") }
    let bytes = try decode(String(parts[1]), tag: tag)
    return Array(repeatElement(bytes, count: count).joined())
  }
}
