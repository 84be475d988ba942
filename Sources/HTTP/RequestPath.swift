import Wire

/// The path of a request as the pack knows it: decoded once, without dot segments (RFC 3986 §3.3, §5.2.4).
package enum RequestPath {
  /// What a path is.
  package enum Outcome: Equatable, Sendable {
    /// It can be looked up as it was sent.
    case canonical
    /// It was decoded; so many bytes of the target hold it.
    case decoded(count: Int)
    /// An escape that is none, a NUL, or dots that lead above the root: 400.
    case malformed
  }

  /// Decodes a path.
  /// - Parameters:
  ///   - path: what was sent, from its first slash on.
  ///   - target: memory for the decoded path, as long as what was sent or longer.
  package static func normalize(_ path: RawSpan, into target: inout MutableRawSpan) -> Outcome {
    guard path.byteCount > 0, path.byte(at: 0) == 0x2F else { return .malformed }
    if isCanonical(path) { return .canonical }
    guard let decoded = decode(path, into: &target) else { return .malformed }
    guard let count = removeDotSegments(of: decoded, in: &target) else { return .malformed }
    return .decoded(count: count)
  }

  /// Whether nothing has to be decoded and no segment begins with a dot.
  private static func isCanonical(_ path: RawSpan) -> Bool {
    var previous: UInt8 = 0
    for offset in 0..<path.byteCount {
      let byte = path.byte(at: offset)
      if byte == 0x25 || (byte == 0x2E && previous == 0x2F) { return false }
      previous = byte
    }
    return true
  }

  /// Replaces escapes by what they stand for, once: `%252e` becomes `%2e` and stays it.
  private static func decode(_ path: RawSpan, into target: inout MutableRawSpan) -> Int? {
    var (offset, count) = (0, 0)
    while offset < path.byteCount {
      var byte = path.byte(at: offset)
      if byte == 0x25 {
        guard offset + 2 < path.byteCount, let high = digit(path.byte(at: offset + 1)),
          let low = digit(path.byte(at: offset + 2)), high | low != 0
        else { return nil }
        byte = high << 4 | low
        offset += 2
      }
      target.store(byte, at: count)
      count += 1
      offset += 1
    }
    return count
  }

  /// Takes `.` and `..` segments out in place.
  /// - Returns: bytes that are left; nil when they lead above the root.
  private static func removeDotSegments(of count: Int, in path: inout MutableRawSpan) -> Int? {
    var (read, write) = (0, 0)
    while read < count {
      // A slash stands at `read`; the segment behind it goes up to the next.
      var end = read + 1
      while end < count, path.bytes.byte(at: end) != 0x2F { end += 1 }
      let length = end - read - 1
      let isDot = length == 1 && path.bytes.byte(at: read + 1) == 0x2E
      let isTwoDots = length == 2 && path.bytes.byte(at: read + 1) == 0x2E && path.bytes.byte(at: read + 2) == 0x2E
      if isTwoDots {
        guard write > 0 else { return nil }
        repeat { write -= 1 } while path.bytes.byte(at: write) != 0x2F
      }
      if isDot || isTwoDots {
        // A dot segment at the end leaves the slash before it.
        if end == count {
          path.store(0x2F as UInt8, at: write)
          write += 1
        }
      } else {
        for offset in read..<end {
          path.store(path.bytes.byte(at: offset), at: write)
          write += 1
        }
      }
      read = end
    }
    return write
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
