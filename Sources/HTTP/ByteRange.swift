import Wire

/// Which part of a representation is asked for (RFC 9110 §14.1.2).
package enum RangeRequest: Equatable, Sendable {
  /// All of it: there is no range, or none in a form that is understood.
  case whole
  /// These bytes of it, at least one.
  case part(Range<UInt64>)
  /// Bytes that it does not have: 416.
  case notSatisfiable

  /// Reads a Range field.
  ///
  /// Of several ranges none is picked out: the whole is a right answer to them (§14.2), and cheaper for both than parts
  /// with heads of their own.
  /// - Parameters:
  ///   - value: the field's value.
  ///   - length: bytes of the representation.
  package init(_ value: RawSpan, length: UInt64) {
    self = .whole
    let unit = ("bytes=" as StaticString).bytes
    guard value.byteCount > unit.byteCount,
      Token.equalIgnoringCase(value.extracting(first: unit.byteCount), "bytes=")
    else { return }
    var rest = value.extracting(droppingFirst: unit.byteCount)
    let range = Token.nextElement(&rest)
    guard rest.byteCount == 0 else { return }
    var dash = 0
    while dash < range.byteCount, range.byte(at: dash) != 0x2D { dash &+= 1 }
    guard dash < range.byteCount else { return }
    let first = range.extracting(first: dash)
    let last = range.extracting(droppingFirst: dash &+ 1)
    self = dash == 0 ? RangeRequest(suffix: last, length) : RangeRequest(first, last, length)
  }

  /// `-n`: the last n bytes, or all there are.
  private init(suffix: RawSpan, _ length: UInt64) {
    guard let count = Token.number(suffix) else {
      self = .whole
      return
    }
    self = count == 0 || length == 0 ? .notSatisfiable : .part((length - min(count, length))..<length)
  }

  /// `a-b` or `a-`: from a up to and with b, or the end.
  private init(_ first: RawSpan, _ last: RawSpan, _ length: UInt64) {
    guard let start = Token.number(first) else {
      self = .whole
      return
    }
    var end = length
    if last.byteCount > 0 {
      guard let number = Token.number(last), number >= start else {
        self = .whole
        return
      }
      end = min(number + 1, length)
    }
    self = start < length ? .part(start..<end) : .notSatisfiable
  }
}
