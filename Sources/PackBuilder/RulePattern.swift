import HTTP

/// A pattern for paths as `_headers` and `_redirects` have it: `*` at its end stands for all the rest, and `:name` in place
/// of a segment for one.
struct RulePattern: Equatable, Sendable {
  /// The pattern as `PathTemplate` reads it.
  let bytes: [UInt8]
  /// The names of its placeholders, in order; the rest is `splat`.
  let names: [String]
  /// Whether it stands for one path only, and which.
  var path: String? { names.isEmpty ? String(decoding: bytes, as: UTF8.self) : nil }

  /// Bytes of a path at most: as many as those of a file (PATH_MAX), and no request can ask for many more.
  private static let longest = 4_096

  /// Reads a pattern.
  init(_ text: some StringProtocol, at origin: RuleOrigin) throws(BuildError) {
    guard text.hasPrefix("/") else { throw origin.error("a path begins with a slash: \"\(text)\"") }
    guard text.utf8.count <= RulePattern.longest else {
      throw origin.error("a path has at most \(RulePattern.longest) bytes")
    }
    let parts = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    var (bytes, names): ([UInt8], [String]) = ([], [])
    for (number, part) in parts.enumerated() {
      bytes.append(UInt8(ascii: "/"))
      if part.hasSuffix("*"), number == parts.count - 1, !part.dropLast().contains("*") {
        bytes += try RulePattern.decoded(part.dropLast(), at: origin) + [PathTemplate.rest]
        names.append("splat")
      } else if part.hasPrefix(":"), part.count > 1 {
        bytes.append(PathTemplate.segment)
        names.append(String(part.dropFirst()))
      } else {
        guard !part.contains("*") else { throw origin.error("`*` stands at the end of a path: \"\(text)\"") }
        bytes += try RulePattern.decoded(part, at: origin)
      }
    }
    guard names.count <= PathCaptures.capacity else {
      throw origin.error("a path has at most \(PathCaptures.capacity) placeholders")
    }
    guard Set(names).count == names.count else { throw origin.error("a placeholder stands twice in \"\(text)\"") }
    self.bytes = bytes
    self.names = names
  }

  /// Whether a path fits.
  func matches(_ path: String) -> Bool {
    let path = Array(path.utf8)
    return PathTemplate.match(path.bytes, bytes.bytes) != nil
  }

  /// The bytes that a text of a path stands for, with its escapes decoded, as paths are looked up.
  static func decoded(_ text: some StringProtocol, at origin: RuleOrigin) throws(BuildError) -> [UInt8] {
    var (bytes, rest) = ([] as [UInt8], Array(text.utf8)[...])
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      guard digits.count == 2, let value = UInt8(digits, radix: 16) else {
        throw origin.error("`%` has two hexadecimal digits behind it: \"\(text)\"")
      }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      throw origin.error("a path has no control characters: \"\(text)\"")
    }
    return bytes
  }
}

/// The place that a rule leads to, with placeholders of its pattern in it.
struct RuleTarget: Equatable, Sendable {
  /// The template as `PathTemplate` reads it: of a path for rules that send its content, of a URI reference for redirects.
  var bytes: [UInt8]
  /// Whether it holds placeholders.
  let hasPlaceholders: Bool

  /// Reads a target.
  /// - Parameters:
  ///   - isReference: whether it is where a client is sent: a path, or a URL of another host.
  ///   - pattern: what names there are.
  init(
    _ text: some StringProtocol, isReference: Bool, _ pattern: RulePattern, at origin: RuleOrigin
  ) throws(BuildError) {
    let hasScheme = text.hasPrefix("https://") || text.hasPrefix("http://")
    guard text.hasPrefix("/") && !text.hasPrefix("//") || hasScheme && isReference else {
      throw origin.error(
        isReference
          ? "it leads to a path with one slash in front, or to a URL with http or https: \"\(text)\""
          : "content is that of a path of this site: \"\(text)\"")
    }
    let raw = isReference ? try RuleTarget.escaped(text, at: origin) : try RulePattern.decoded(text, at: origin)
    var (bytes, rest, found) = ([] as [UInt8], raw[...], false)
    let authorityEnd = hasScheme ? text.dropFirst(8).firstIndex(of: "/").map { text[..<$0].utf8.count } ?? raw.count : 0
    while let byte = rest.first {
      if byte == UInt8(ascii: ":"), let number = RuleTarget.placeholder(rest.dropFirst(), pattern.names) {
        guard raw.count - rest.count >= authorityEnd else {
          throw origin.error("a placeholder stands for no part of a host: \"\(text)\"")
        }
        bytes += [PathTemplate.segment, PathTemplate.firstNumber + UInt8(number)]
        rest = rest.dropFirst(1 + pattern.names[number].utf8.count)
        found = true
      } else {
        bytes.append(byte)
        rest = rest.dropFirst()
      }
    }
    self.bytes = bytes
    hasPlaceholders = found
  }

  /// Which placeholder stands at the front; of those whose names begin alike the longest.
  private static func placeholder(_ text: ArraySlice<UInt8>, _ names: [String]) -> Int? {
    names.indices.filter { text.starts(with: names[$0].utf8) }.max { names[$0].utf8.count < names[$1].utf8.count }
  }

  /// The reference with what must be escaped in it, and nothing else, escaped (RFC 3986 §2.1).
  private static func escaped(_ text: some StringProtocol, at origin: RuleOrigin) throws(BuildError) -> [UInt8] {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
      throw origin.error("a target has no control characters: \"\(text)\"")
    }
    return text.utf8.flatMap { byte in
      byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "<")
        ? [byte] : Array("%\(String(byte, radix: 16, uppercase: true).paddedToTwo)".utf8)
    }
  }

  /// The reference to a path of the site: what may stand in a path stays (RFC 3986 §3.3), the rest is escaped.
  static func reference(to path: String) -> [UInt8] {
    path.utf8.flatMap { byte in
      let isLetter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
      let isDigit = byte >= 0x30 && byte <= 0x39
      return isLetter || isDigit || "/-._~!$&'()*+,;=:@".utf8.contains(byte)
        ? [byte] : Array("%\(String(byte, radix: 16, uppercase: true).paddedToTwo)".utf8)
    }
  }
}

extension String {
  /// A hexadecimal number with two digits at least.
  fileprivate var paddedToTwo: String { count < 2 ? "0" + self : self }
}
