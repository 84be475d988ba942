import Wire

/// Reading the three formats that a date may have (RFC 9110 §5.6.7), of which two are obsolete and must be understood.
extension HTTPDate {
  /// Seconds since 1970; nil when the bytes are no date, or one of a day that does not exist.
  ///
  /// The name of the day must be one, but need not fit the date.
  /// - Parameter now: the present, which tells what century a year of two digits is in.
  package static func parse(_ bytes: RawSpan, now: Int64) -> Int64? {
    guard bytes.byteCount >= 24 else { return nil }
    if bytes.byte(at: 3) == UInt8(ascii: ",") { return parseFixed(bytes) }
    if bytes.byte(at: 3) == ASCII.space { return parseAscTime(bytes) }
    return parseRFC850(bytes, now: now)
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT`
  private static func parseFixed(_ bytes: RawSpan) -> Int64? {
    guard bytes.byteCount == byteCount, isWeekday(bytes.extracting(first: 3)), bytes.extracting(3..<5).equals(", "),
      bytes.byte(at: 7) == ASCII.space, bytes.byte(at: 11) == ASCII.space, bytes.byte(at: 16) == ASCII.space,
      bytes.extracting(25..<29).equals(" GMT"), let day = number(bytes, 5, 2), let month = month(bytes, at: 8),
      let year = number(bytes, 12, 4)
    else { return nil }
    return date(year, month, day, bytes, at: 17)
  }

  /// `Sunday, 06-Nov-94 08:49:37 GMT`
  private static func parseRFC850(_ bytes: RawSpan, now: Int64) -> Int64? {
    guard let comma = bytes.firstOffset(of: UInt8(ascii: ",")), bytes.byteCount == comma &+ 24,
      isLongWeekday(bytes.extracting(first: comma)), bytes.byte(at: comma &+ 1) == ASCII.space
    else { return nil }
    let rest = bytes.extracting(droppingFirst: comma &+ 2)
    guard rest.byte(at: 2) == UInt8(ascii: "-"), rest.byte(at: 6) == UInt8(ascii: "-"), rest.byte(at: 9) == ASCII.space,
      rest.extracting(18..<22).equals(" GMT"), let day = number(rest, 0, 2), let month = month(rest, at: 3),
      let shortYear = number(rest, 7, 2)
    else { return nil }
    return date(nearestYear(shortYear, now: now), month, day, rest, at: 10)
  }

  /// `Sun Nov  6 08:49:37 1994`, the day of the month padded with a space.
  private static func parseAscTime(_ bytes: RawSpan) -> Int64? {
    let isPadded = bytes.byte(at: 8) == ASCII.space
    guard bytes.byteCount == 24, isWeekday(bytes.extracting(first: 3)), bytes.byte(at: 7) == ASCII.space,
      bytes.byte(at: 10) == ASCII.space, bytes.byte(at: 19) == ASCII.space, let month = month(bytes, at: 4),
      let day = isPadded ? number(bytes, 9, 1) : number(bytes, 8, 2), let year = number(bytes, 20, 4)
    else { return nil }
    return date(year, month, day, bytes, at: 11)
  }

  /// The year with these last two digits: more than fifty years ahead is the one a century before.
  private static func nearestYear(_ shortYear: Int, now: Int64) -> Int {
    let thisYear = CalendarDate(unixSeconds: now).year
    let year = thisYear - thisYear % 100 + shortYear
    if year > thisYear + 50 { return year - 100 }
    return year <= thisYear - 50 ? year + 100 : year
  }

  private static func date(_ year: Int, _ month: Int, _ day: Int, _ bytes: RawSpan, at time: Int) -> Int64? {
    guard let hour = number(bytes, time, 2), let minute = number(bytes, time + 3, 2),
      let second = number(bytes, time + 6, 2), bytes.byte(at: time + 2) == UInt8(ascii: ":"),
      bytes.byte(at: time + 5) == UInt8(ascii: ":")
    else { return nil }
    return CalendarDate(year: year, month: month, day: day, hour: hour, minute: minute, second: second).unixSeconds
  }

  /// The number that exactly so many digits at `offset` are.
  private static func number(_ bytes: RawSpan, _ offset: Int, _ count: Int) -> Int? {
    bytes.extracting(offset..<(offset + count)).decimal().map(Int.init)
  }

  /// Whether this is a day's name of three letters.
  private static func isWeekday(_ name: RawSpan) -> Bool {
    for day in 0..<7 where name.elementsEqual(weekdays.bytes.extracting((3 * day)..<(3 * day + 3))) { return true }
    return false
  }

  /// Whether this is a day's whole name.
  private static func isLongWeekday(_ name: RawSpan) -> Bool {
    name.equals("Sunday") || name.equals("Monday") || name.equals("Tuesday") || name.equals("Wednesday")
      || name.equals("Thursday") || name.equals("Friday") || name.equals("Saturday")
  }
}
