import Wire

/// Reading the three formats that a date may have (RFC 9110 §5.6.7).
extension HTTPDate {
  /// Seconds since 1970; nil when the bytes are no date.
  /// - Parameter now: the present, which tells what century a year of two digits is in.
  package static func parse(_ bytes: RawSpan, now: Int64) -> Int64? {
    guard bytes.byteCount >= 24 else { return nil }
    if bytes.byte(at: 3) == 0x2C { return parseFixed(bytes) }
    if bytes.byteCount == 24, bytes.byte(at: 3) == 0x20 { return parseAscTime(bytes) }
    return parseRFC850(bytes, now: now)
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT`
  private static func parseFixed(_ bytes: RawSpan) -> Int64? {
    guard bytes.byteCount == byteCount, ends(bytes, at: 25), let month = month(bytes, at: 8),
      let day = number(bytes, 5, 2), let year = number(bytes, 12, 4)
    else { return nil }
    return date(year, month, day, bytes, at: 17)
  }

  /// `Sunday, 06-Nov-94 08:49:37 GMT`
  private static func parseRFC850(_ bytes: RawSpan, now: Int64) -> Int64? {
    var comma = 0
    while comma < bytes.byteCount, bytes.byte(at: comma) != 0x2C { comma += 1 }
    guard bytes.byteCount - comma == 24, ends(bytes, at: comma + 20), let month = month(bytes, at: comma + 5),
      let day = number(bytes, comma + 2, 2), let shortYear = number(bytes, comma + 9, 2)
    else { return nil }
    // More than 50 years in the future is the same two digits in the past.
    let thisYear = CalendarDate(unixSeconds: now).year
    var year = thisYear / 100 * 100 + shortYear
    if year > thisYear + 50 { year -= 100 }
    return date(year, month, day, bytes, at: comma + 12)
  }

  /// `Sun Nov  6 08:49:37 1994`
  private static func parseAscTime(_ bytes: RawSpan) -> Int64? {
    let isPadded = bytes.byte(at: 8) == 0x20
    guard let month = month(bytes, at: 4), let day = isPadded ? number(bytes, 9, 1) : number(bytes, 8, 2),
      let year = number(bytes, 20, 4)
    else { return nil }
    return date(year, month, day, bytes, at: 11)
  }

  private static func date(_ year: Int, _ month: Int, _ day: Int, _ bytes: RawSpan, at time: Int) -> Int64? {
    guard let hour = number(bytes, time, 2), let minute = number(bytes, time + 3, 2),
      let second = number(bytes, time + 6, 2), bytes.byte(at: time + 2) == 0x3A, bytes.byte(at: time + 5) == 0x3A
    else { return nil }
    return CalendarDate(year: year, month: month, day: day, hour: hour, minute: minute, second: second).unixSeconds
  }

  private static func ends(_ bytes: RawSpan, at offset: Int) -> Bool {
    bytes.extracting(offset..<(offset + 4)).elementsEqual((" GMT" as StaticString).bytes)
  }

  private static func number(_ bytes: RawSpan, _ offset: Int, _ count: Int) -> Int? {
    Token.number(bytes.extracting(offset..<(offset + count))).map(Int.init)
  }
}
