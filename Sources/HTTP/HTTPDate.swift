import Wire

/// Dates as HTTP spells them (RFC 9110 §5.6.7).
package enum HTTPDate {
  /// Bytes of `Sun, 06 Nov 1994 08:49:37 GMT`.
  package static let byteCount = 29
  /// Bytes of `[06/Nov/1994:08:49:37 +0000]`, the date of the common log format.
  package static let logByteCount = 28

  static let weekdays: StaticString = "SunMonTueWedThuFriSat"
  private static let months: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"

  /// Writes the date that HTTP prefers (IMF-fixdate).
  package static func write(_ date: CalendarDate, to bytes: inout MutableRawSpan, at offset: Int) {
    bytes.copy(("Sun, 06 Nov 1994 08:49:37 GMT" as StaticString).bytes, to: offset)
    bytes.copy(weekdays.bytes.extracting((3 * date.weekday)..<(3 * date.weekday + 3)), to: offset)
    writePair(date.day, to: &bytes, at: offset + 5)
    bytes.copy(months.bytes.extracting((3 * date.month - 3)..<(3 * date.month)), to: offset + 8)
    writePair(date.year / 100, to: &bytes, at: offset + 12)
    writePair(date.year % 100, to: &bytes, at: offset + 14)
    writeTime(date, to: &bytes, at: offset + 17)
  }

  /// Writes the date of the common log format, brackets included.
  package static func writeLog(_ date: CalendarDate, to bytes: inout MutableRawSpan, at offset: Int) {
    bytes.copy(("[06/Nov/1994:08:49:37 +0000]" as StaticString).bytes, to: offset)
    writePair(date.day, to: &bytes, at: offset + 1)
    bytes.copy(months.bytes.extracting((3 * date.month - 3)..<(3 * date.month)), to: offset + 4)
    writePair(date.year / 100, to: &bytes, at: offset + 8)
    writePair(date.year % 100, to: &bytes, at: offset + 10)
    writeTime(date, to: &bytes, at: offset + 13)
  }

  /// Bytes of what `writeTimestamp` writes.
  package static let timestampByteCount = 20

  /// Writes a date as RFC 3339 has it: `1994-11-06T08:49:37Z`.
  package static func writeTimestamp(_ date: CalendarDate, to bytes: inout MutableRawSpan, at offset: Int) {
    bytes.copy(("1994-11-06T08:49:37Z" as StaticString).bytes, to: offset)
    writePair(date.year / 100, to: &bytes, at: offset)
    writePair(date.year % 100, to: &bytes, at: offset + 2)
    writePair(date.month, to: &bytes, at: offset + 5)
    writePair(date.day, to: &bytes, at: offset + 8)
    writeTime(date, to: &bytes, at: offset + 11)
  }

  private static func writeTime(_ date: CalendarDate, to bytes: inout MutableRawSpan, at offset: Int) {
    writePair(date.hour, to: &bytes, at: offset)
    writePair(date.minute, to: &bytes, at: offset + 3)
    writePair(date.second, to: &bytes, at: offset + 6)
  }

  private static func writePair(_ number: Int, to bytes: inout MutableRawSpan, at offset: Int) {
    bytes.store(UInt8(0x30 + number / 10 % 10), at: offset)
    bytes.store(UInt8(0x30 + number % 10), at: offset + 1)
  }

  /// The number of the month whose three letters stand at `offset`.
  static func month(_ bytes: RawSpan, at offset: Int) -> Int? {
    for month in 0..<12 {
      let name = months.bytes.extracting((3 * month)..<(3 * month + 3))
      if bytes.extracting(offset..<(offset + 3)).elementsEqual(name) { return month + 1 }
    }
    return nil
  }
}
