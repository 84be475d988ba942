import Wire

/// An entity tag (RFC 9110 §8.8.3): an opaque text in quotes that names one content, weak or strong.
package struct EntityTag: ~Escapable {
  /// How two tags are compared (RFC 9110 §8.8.3.2).
  package enum Comparison: Sendable {
    /// Both are strong, and the same: the contents are equal byte for byte.
    case strong
    /// The same, weak or not.
    case weak
  }

  /// The quoted text, its quotes included.
  private let quoted: RawSpan
  /// Whether the tag is marked `W/`.
  package let isWeak: Bool

  /// The tag that all of `text` is, quotes included, or `nil`.
  @_lifetime(copy text)
  package init?(_ text: RawSpan) {
    guard let length = Self.length(of: text), length == text.byteCount else { return nil }
    isWeak = text.byte(at: 0) == UInt8(ascii: "W")
    quoted = text.extracting(droppingFirst: isWeak ? 2 : 0)
  }

  /// Whether both tags name the same content.
  package func matches(_ other: borrowing EntityTag, by comparison: Comparison) -> Bool {
    guard comparison == .weak || !(isWeak || other.isWeak) else { return false }
    return quoted.elementsEqual(other.quoted)
  }

  /// How many bytes of `text` are the tag it begins with, or `nil`.
  static func length(of text: RawSpan) -> Int? {
    let start = text.byteCount >= 2 && text.extracting(first: 2).equals("W/") ? 2 : 0
    guard start < text.byteCount, text.byte(at: start) == UInt8(ascii: "\"") else { return nil }
    var offset = start &+ 1
    while offset < text.byteCount {
      let byte = text.byte(at: offset)
      if byte == UInt8(ascii: "\"") { return offset &+ 1 }
      guard byte > ASCII.space, byte != 0x7F else { return nil }
      offset &+= 1
    }
    return nil
  }

  /// Whether `list`, a value of `If-Match` or `If-None-Match`, names this tag, or is `*`.
  ///
  /// A list that is malformed names what stands before the fault.
  package func isListed(in list: RawSpan, by comparison: Comparison) -> Bool {
    if list.equals("*") { return true }
    var rest = list
    while true {
      while rest.byteCount > 0, Self.isSeparator(rest.byte(at: 0)) { rest = rest.extracting(droppingFirst: 1) }
      guard let length = Self.length(of: rest), let tag = EntityTag(rest.extracting(first: length)) else {
        return false
      }
      if matches(tag, by: comparison) { return true }
      rest = rest.extracting(droppingFirst: length)
      guard rest.byteCount > 0, Self.isSeparator(rest.byte(at: 0)) else { return false }
    }
  }

  /// Whether `byte` may stand between two tags.
  private static func isSeparator(_ byte: UInt8) -> Bool {
    ASCII.isWhitespace(byte) || byte == UInt8(ascii: ",")
  }
}
