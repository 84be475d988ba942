import Wire

extension PackCheck {
  /// Checks that a stored head is one: its lines end where its layout says that they do, and it states the body's length.
  /// - Throws: `malformed` at the first byte that is not what it must be.
  static func head(
    of representation: Representation, in bytes: RawSpan, _ number: BlockNumber
  ) throws(PackError) {
    let layout = representation.head
    let head = bytes.extracting(layout.offset..<(layout.offset + layout.count))
    func expect(_ text: StaticString, at offset: Int) throws(PackError) {
      let end = offset + text.utf8CodeUnitCount
      guard offset >= 0, end <= head.byteCount, head.extracting(offset..<end).elementsEqual(text.bytes) else {
        throw .malformed(number, offset: layout.offset + offset)
      }
    }
    func expect(_ name: StaticString, slot offset: Int, count: Int) throws(PackError) {
      try expect(name, at: offset - name.utf8CodeUnitCount)
      for position in offset..<(offset + count) { try expect(" ", at: position) }
      try expect("\r\n", at: offset + count)
    }
    try expect("HTTP/1.1 200 OK\r\n", at: 0)
    try expect("\r\nDate: ", slot: layout.date, count: HeadLayout.dateCount)
    try expect("\r\nConnection: ", slot: layout.connection, count: HeadLayout.connectionCount)
    try expect("\r\nETag: ", at: layout.entityTag.lowerBound - 8)
    try expect("\"", at: layout.entityTag.lowerBound)
    try expect("\"\r\n", at: layout.entityTag.upperBound - 1)
    try expect("\r\n", at: layout.validators.upperBound - 2)
    try expect("\r\n", at: layout.content.upperBound - 2)
    try expect("\r\n", at: layout.count - 2)
    guard layout.content.lowerBound == layout.validators.upperBound, layout.content.upperBound == layout.count - 2,
      contentLength(in: head, before: layout.validators.lowerBound) == representation.body.count
    else { throw .malformed(number, offset: layout.offset) }
  }

  /// The number of a Content-Length field that ends at `end`; nil where there is none.
  private static func contentLength(in head: RawSpan, before end: Int) -> UInt64? {
    let name: StaticString = "\r\nContent-Length: "
    guard end >= 2, end <= head.byteCount,
      head.extracting((end - 2)..<end).elementsEqual(("\r\n" as StaticString).bytes)
    else {
      return nil
    }
    var (start, value, unit) = (end - 2, 0 as UInt64, 1 as UInt64)
    while start > 0, let digit = decimalDigit(head.byte(at: start - 1)), unit < 1_000_000_000_000_000_000 {
      value += unit * digit
      unit *= 10
      start -= 1
    }
    let nameStart = start - name.utf8CodeUnitCount
    guard start < end - 2, nameStart >= 0, head.extracting(nameStart..<start).elementsEqual(name.bytes) else {
      return nil
    }
    return value
  }

  private static func decimalDigit(_ byte: UInt8) -> UInt64? {
    byte >= 0x30 && byte <= 0x39 ? UInt64(byte - 0x30) : nil
  }
}
