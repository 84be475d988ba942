import Wire

/// The further lines of a list field. They are rare, so they are found again in the bytes and not stored.
extension RequestHead {
  /// The value of the field's next line behind `line`, or `nil` behind the last.
  ///
  /// Lines of the same name mean their values joined by commas (RFC 9110 §5.3), so a list may be read line by line.
  /// - Parameter request: the bytes of the request.
  package func nextLine(of field: KnownField, after line: FieldSlice, in request: RawSpan) -> FieldSlice? {
    guard isRepeated(field) else { return nil }
    var offset = line.range.upperBound
    while let end = request.firstOffset(of: ASCII.lineFeed, from: offset), end &+ 1 < byteCount {
      let start = end &+ 1
      guard let colon = request.firstOffset(of: UInt8(ascii: ":"), from: start),
        let lineEnd = request.firstOffset(of: ASCII.carriageReturn, from: start), colon < lineEnd
      else { return nil }
      if KnownField(request.extracting(start..<colon)) == field {
        return FieldSlice(request.trimmed((colon &+ 1)..<lineEnd))
      }
      offset = lineEnd
    }
    return nil
  }
}
