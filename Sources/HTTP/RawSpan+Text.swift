import Wire

/// Reading ASCII text from bytes that stay where they are.
extension RawSpan {
  /// The offset of the first `byte` at or after `start`, or `nil`.
  func firstOffset(of byte: UInt8, from start: Int = 0) -> Int? {
    var offset = start
    while offset < byteCount {
      if self.byte(at: offset) == byte { return offset }
      offset &+= 1
    }
    return nil
  }

  /// Whether these are exactly the bytes of `literal`.
  func equals(_ literal: StaticString) -> Bool {
    elementsEqual(literal.bytes)
  }

  /// Whether these are the letters of `literal`, which is written in small ones, in whatever case.
  func equalsIgnoringCase(_ literal: StaticString) -> Bool {
    let other = literal.bytes
    guard byteCount == other.byteCount else { return false }
    var offset = 0
    while offset < byteCount {
      guard ASCII.lowercased(byte(at: offset)) == other.byte(at: offset) else { return false }
      offset &+= 1
    }
    return true
  }

  /// Whether the first bytes are those of `literal`, which is written in small letters, in whatever case.
  func beginsIgnoringCase(with literal: StaticString) -> Bool {
    extracting(first: Swift.min(byteCount, literal.utf8CodeUnitCount)).equalsIgnoringCase(literal)
  }

  /// The same text without `OWS` at either end (RFC 9110 §5.6.3).
  @_lifetime(copy self)
  func trimmed() -> RawSpan {
    extracting(trimmed(0..<byteCount))
  }

  /// `range` without `OWS` at either end.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var lower = range.lowerBound
    var upper = range.upperBound
    while lower < upper, ASCII.isWhitespace(byte(at: lower)) { lower &+= 1 }
    while upper > lower, ASCII.isWhitespace(byte(at: upper &- 1)) { upper &-= 1 }
    return lower..<upper
  }

  /// The decimal number that the whole text is (`1*DIGIT`), the largest number where it is too large, or `nil`.
  func decimal() -> UInt64? {
    guard byteCount > 0 else { return nil }
    var value: UInt64 = 0
    for offset in 0..<byteCount {
      let byte = byte(at: offset)
      guard ASCII.isDigit(byte) else { return nil }
      let (tens, isLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, isLarger) = tens.addingReportingOverflow(UInt64(byte &- UInt8(ascii: "0")))
      value = isLarge || isLarger ? .max : sum
    }
    return value
  }

  /// The offset of the first octet below 0x20 or equal to 0x7F in `start..<end`, or `end`.
  ///
  /// Eight octets at a time: the lowest mark of each of the two classic tests for a byte in a word is exact.
  func firstControl(from start: Int, to end: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let marks: UInt64 = 0x8080_8080_8080_8080
    var offset = start
    while offset &+ 8 <= end {
      let word = littleEndianUInt64(at: offset)
      let control = (word &- 0x20 &* ones) & ~word
      let difference = word ^ 0x7F &* ones
      let delete = (difference &- ones) & ~difference
      let found = (control | delete) & marks
      if found != 0 { return offset &+ found.trailingZeroBitCount &>> 3 }
      offset &+= 8
    }
    while offset < end {
      let byte = byte(at: offset)
      if byte < 0x20 || byte == 0x7F { return offset }
      offset &+= 1
    }
    return end
  }
}
