import Wire

/// Which part of a representation is asked for (RFC 9110 §14.1.2).
package enum RangeRequest: Equatable, Sendable {
  /// All of it: there is no range, or none in a form that is understood.
  case whole
  /// These bytes of it, at least one.
  case part(Range<UInt64>)
  /// Several parts that do not touch: `ByteRanges` tells which.
  case parts
  /// Bytes that it does not have: 416.
  case notSatisfiable

  /// Reads a Range field.
  /// - Parameters:
  ///   - value: the field's value.
  ///   - length: bytes of the representation.
  package init(_ value: RawSpan, length: UInt64) {
    guard let ranges = ByteRanges(value, length: length) else {
      self = .whole
      return
    }
    switch ranges.count {
    case 0: self = .notSatisfiable
    case 1: self = .part(ranges[0])
    default: self = .parts
    }
  }
}
