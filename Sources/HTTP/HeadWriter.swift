import Wire

/// Composes the head of a response, and a short body where one belongs to it, in memory of the caller's.
///
/// What does not fit is left out and noted: nothing is ever written outside.
package struct HeadWriter: ~Copyable, ~Escapable {
  private var bytes: MutableRawSpan

  /// Bytes written.
  package private(set) var count = 0
  /// Whether something did not fit.
  package private(set) var isOverflown = false

  /// Writes to the front of `bytes`.
  @_lifetime(copy bytes)
  package init(_ bytes: consuming MutableRawSpan) {
    self.bytes = bytes
  }

  /// Appends bytes.
  package mutating func append(_ text: RawSpan) {
    guard text.byteCount <= bytes.byteCount - count else {
      isOverflown = true
      return
    }
    bytes.copy(text, to: count)
    count += text.byteCount
  }

  /// Appends text of the program.
  package mutating func append(_ text: StaticString) {
    append(text.bytes)
  }

  /// Appends a number in decimal digits.
  package mutating func append(_ number: UInt64) {
    if number >= 10 { append(number / 10) }
    append(byte: UInt8(truncatingIfNeeded: 0x30 + number % 10))
  }

  /// The byte that was written last; nil where none was.
  var lastByte: UInt8? { count > 0 ? bytes.bytes.byte(at: count - 1) : nil }

  /// Appends a byte.
  mutating func append(byte: UInt8) {
    guard count < bytes.byteCount else {
      isOverflown = true
      return
    }
    bytes.store(byte, at: count)
    count += 1
  }

  /// Writes over what was written before. Where nothing was, it is as if the text did not fit.
  package mutating func replace(at offset: Int, with text: RawSpan) {
    guard offset >= 0, text.byteCount <= count &- offset else {
      isOverflown = true
      return
    }
    bytes.copy(text, to: offset)
  }
}
