import Wire

/// What a pattern has found in a path: for each of its placeholders the place in the path.
package struct PathCaptures: Equatable, Sendable {
  /// The most placeholders of a pattern.
  package static let capacity = 8

  /// How many there are.
  package private(set) var count = 0
  private var places = InlineArray<8, FieldSlice>(repeating: .none)

  /// The place in the path of the placeholder with this number; nothing for one that is not there.
  package subscript(_ number: Int) -> FieldSlice {
    number >= 0 && number < count ? places[number] : .none
  }

  /// Notes the next placeholder's place. One too many is left out.
  mutating func append(_ place: Range<Int>) {
    guard count < PathCaptures.capacity else { return }
    places[count] = FieldSlice(place)
    count &+= 1
  }

  /// Whether both have found the same.
  package static func == (left: PathCaptures, right: PathCaptures) -> Bool {
    left.count == right.count && (0..<left.count).allSatisfy { left[$0] == right[$0] }
  }
}

/// Patterns for paths, and templates of what is sent instead. Both are bytes, some of which stand for others.
///
/// In a pattern 0x01 stands for a segment of at least one byte, 0x02 for all the rest, and comes last. In a template 0x01 and
/// a byte behind it stand for what the placeholder with that number, from 0x20 on, has found.
package enum PathTemplate {
  /// Stands for a segment in a pattern, and before a number in a template.
  package static let segment: UInt8 = 1
  /// Stands for the rest in a pattern.
  package static let rest: UInt8 = 2
  /// The number 0 in a template.
  package static let firstNumber: UInt8 = 0x20

  /// What `pattern` finds in all of a path; nil where it does not fit. Looks at each byte once.
  ///
  /// A pattern that ends with a slash and the rest also fits the path without that slash.
  package static func match(_ path: RawSpan, _ pattern: RawSpan) -> PathCaptures? {
    var captures = PathCaptures()
    var position = 0
    for offset in 0..<pattern.byteCount {
      switch pattern.byte(at: offset) {
      case rest:
        captures.append(position..<path.byteCount)
        return captures
      case segment:
        let end = path.firstOffset(of: UInt8(ascii: "/"), from: position) ?? path.byteCount
        guard end > position else { return nil }
        captures.append(position..<end)
        position = end
      case let byte:
        guard position < path.byteCount else {
          let isOptional = byte == UInt8(ascii: "/") && offset > 0 && offset &+ 2 == pattern.byteCount
          guard isOptional, pattern.byte(at: offset &+ 1) == rest else { return nil }
          captures.append(position..<position)
          return captures
        }
        guard path.byte(at: position) == byte else { return nil }
        position &+= 1
      }
    }
    return position == path.byteCount ? captures : nil
  }
}

extension HeadWriter {
  /// Appends what a template makes of the captures of a path.
  ///
  /// Two slashes never begin it: what leads to a path of this site must not lead to another host.
  /// - Parameter isReference: whether it is to be a URI reference, in which captured bytes are escaped, rather than a path.
  package mutating func append(
    _ template: RawSpan, _ captures: PathCaptures, of path: RawSpan, isReference: Bool
  ) {
    let start = count
    var offset = 0
    while offset < template.byteCount {
      let byte = template.byte(at: offset)
      offset &+= 1
      guard byte == PathTemplate.segment, offset < template.byteCount else {
        appendUnlessDoubled(byte, from: start, isReference: false)
        continue
      }
      let number = Int(template.byte(at: offset)) &- Int(PathTemplate.firstNumber)
      offset &+= 1
      let captured = captures[number].bytes(of: path)
      for place in 0..<captured.byteCount {
        appendUnlessDoubled(captured.byte(at: place), from: start, isReference: isReference)
      }
    }
  }

  private mutating func appendUnlessDoubled(_ byte: UInt8, from start: Int, isReference: Bool) {
    if count == start &+ 1, byte == UInt8(ascii: "/"), lastByte == byte { return }
    if isReference { appendEscaped(byte) } else { append(byte: byte) }
  }
}
