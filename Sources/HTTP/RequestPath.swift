import Wire

/// A request path as the key it is looked up by: escapes decoded once, dot segments removed (RFC 3986 §6.2.2).
///
/// Nothing else is changed: case, repeated slashes and a trailing slash mean what they say.
package enum RequestPath {
  /// What a path is.
  package enum Outcome: Equatable, Sendable {
    /// It can be looked up as it was sent.
    case canonical
    /// It was decoded; so many bytes of the target hold it.
    case decoded(count: Int)
    /// An escape that is none, a NUL, dots that lead above the root, or more than the target holds: 400.
    case malformed
  }

  /// What makes a path malformed.
  private struct Fault: Error {}

  /// Normalises `path`, which is empty (as in `http://host`, and means the root) or begins with a slash.
  ///
  /// Dot segments are found after decoding, so that no spelling of them, nor of the slash, climbs above the root.
  /// - Parameter target: memory for the decoded path, as long as what was sent, and at least one byte.
  package static func normalize(_ path: RawSpan, into target: inout MutableRawSpan) -> Outcome {
    do throws(Fault) {
      return try isCanonical(path) ? .canonical : .decoded(count: rewrite(path, into: &target))
    } catch {
      return .malformed
    }
  }

  /// Whether `path` is its own key: no escape, and no segment of one or two dots.
  /// - Throws: a fault for a NUL or a path that does not begin with a slash.
  private static func isCanonical(_ path: RawSpan) throws(Fault) -> Bool {
    guard path.byteCount > 0 else { return false }
    guard path.byte(at: 0) == UInt8(ascii: "/") else { throw Fault() }
    var previous: UInt8 = 0
    var hasDots = false
    for offset in 0..<path.byteCount {
      let byte = path.byte(at: offset)
      guard byte != 0 else { throw Fault() }
      if byte == UInt8(ascii: "%") { return false }
      if byte == UInt8(ascii: "."), previous == UInt8(ascii: "/") { hasDots = true }
      previous = byte
    }
    return !hasDots
  }

  /// Writes the key of `path`.
  /// - Returns: its length.
  private static func rewrite(_ path: RawSpan, into target: inout MutableRawSpan) throws(Fault) -> Int {
    guard target.byteCount > 0 else { throw Fault() }
    target.store(UInt8(ascii: "/"), at: 0)
    var count = 1
    var offset = 1
    while offset < path.byteCount {
      let byte = try decodedByte(of: path, at: &offset)
      if byte == UInt8(ascii: "/"), let shorter = try countWithoutDots(target.bytes, count: count) {
        count = shorter
        continue
      }
      guard count < target.byteCount else { throw Fault() }
      target.store(byte, at: count)
      count &+= 1
    }
    return try countWithoutDots(target.bytes, count: count) ?? count
  }

  /// The octet at `offset`, or the one that the escape there means; moves behind it.
  private static func decodedByte(of path: RawSpan, at offset: inout Int) throws(Fault) -> UInt8 {
    var byte = path.byte(at: offset)
    offset &+= 1
    if byte == UInt8(ascii: "%") {
      guard offset &+ 2 <= path.byteCount, let high = ASCII.hexadecimalValue(path.byte(at: offset)),
        let low = ASCII.hexadecimalValue(path.byte(at: offset &+ 1))
      else { throw Fault() }
      byte = high &<< 4 | low
      offset &+= 2
    }
    guard byte != 0 else { throw Fault() }
    return byte
  }

  /// What remains of the first `count` bytes of `key` without a last segment of one dot, or of two dots and the
  /// segment before them. It ends with a slash. `nil` where the last segment is another.
  private static func countWithoutDots(_ key: RawSpan, count: Int) throws(Fault) -> Int? {
    guard count >= 2, key.byte(at: count &- 1) == UInt8(ascii: ".") else { return nil }
    if key.byte(at: count &- 2) == UInt8(ascii: "/") { return count &- 1 }
    guard count >= 3, key.byte(at: count &- 2) == UInt8(ascii: "."), key.byte(at: count &- 3) == UInt8(ascii: "/")
    else { return nil }
    guard count > 3 else { throw Fault() }
    var parent = count &- 3
    while key.byte(at: parent &- 1) != UInt8(ascii: "/") { parent &-= 1 }
    return parent
  }
}
