import Wire

/// Comparing entity tags (RFC 9110 §8.8.3).
package enum EntityTag {
  /// Whether a list of tags, or `*`, names a representation by the weak comparison, as If-None-Match wants it: `W/` does
  /// not count.
  package static func matchesWeakly(_ list: RawSpan, _ tag: RawSpan) -> Bool {
    matches(list, opaque(tag), isStrong: false)
  }

  /// Whether a list of tags, or `*`, names a representation by the strong comparison, as If-Match wants it: a weak tag
  /// matches nothing.
  package static func matchesStrongly(_ list: RawSpan, _ tag: RawSpan) -> Bool {
    !isWeak(tag) && matches(list, tag, isStrong: true)
  }

  private static func matches(_ list: RawSpan, _ tag: RawSpan, isStrong: Bool) -> Bool {
    if list.byteCount == 1, list.byte(at: 0) == 0x2A { return true }
    var rest = list
    while rest.byteCount > 0 {
      let element = Token.nextElement(&rest)
      if isStrong, isWeak(element) { continue }
      if opaque(element).elementsEqual(tag) { return true }
    }
    return false
  }

  /// Whether a tag begins with `W/`.
  static func isWeak(_ tag: RawSpan) -> Bool {
    tag.byteCount >= 2 && tag.byte(at: 0) == 0x57 && tag.byte(at: 1) == 0x2F
  }

  @_lifetime(copy tag)
  private static func opaque(_ tag: RawSpan) -> RawSpan {
    isWeak(tag) ? tag.extracting(droppingFirst: 2) : tag
  }
}
