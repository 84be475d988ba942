import Wire

/// Where something lies in the bytes of a request: nothing of a request is copied.
package struct FieldSlice: Equatable, Sendable {
  /// Its first byte.
  package var offset: UInt16
  /// Bytes of it.
  package var count: UInt16

  /// Nothing.
  package static let none = FieldSlice(offset: 0, count: 0)

  /// A slice of a request of at most 65,535 bytes.
  @inlinable
  package init(offset: Int, count: Int) {
    self.offset = UInt16(truncatingIfNeeded: offset)
    self.count = UInt16(truncatingIfNeeded: count)
  }

  /// The slice of a range of offsets.
  init(_ range: Range<Int>) {
    self.init(offset: range.lowerBound, count: range.count)
  }

  /// The offsets of the bytes.
  var range: Range<Int> { Int(offset)..<(Int(offset) &+ Int(count)) }

  @inlinable
  init(offset: UInt16, count: UInt16) {
    self.offset = offset
    self.count = count
  }

  /// Whether there is nothing. A field that is there with an empty value is like one that is not.
  @inlinable
  package var isEmpty: Bool { count == 0 }

  /// The bytes, out of the request they were found in.
  @inlinable
  @_lifetime(copy request)
  package func bytes(of request: RawSpan) -> RawSpan {
    request.extracting(Int(offset)..<(Int(offset) + Int(count)))
  }
}
