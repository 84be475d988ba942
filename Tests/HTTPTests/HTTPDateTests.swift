import HTTP
import TestKit
import Testing

struct HTTPDateTests {
  /// 2026-07-01 00:00:00 UTC.
  private let now: Int64 = 1_782_864_000

  /// The seconds that `text` means, or `nil`.
  private func seconds(_ text: String, now: Int64? = nil) -> Int64? {
    HTTPDate.parse(Array(text.utf8).rawSpan, now: now ?? self.now)
  }

  /// The IMF-fixdate of a time.
  private func text(_ seconds: Int64) -> String {
    let bytes = [UInt8](count: HTTPDate.byteCount) { target in
      HTTPDate.write(CalendarDate(unixSeconds: seconds), to: &target, at: 0)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"])
  func `The three formats of the RFC mean the same second`(text: String) {
    #expect(seconds(text) == 784_111_777)
  }

  @Test(
    arguments: [
      (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
      (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
      (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (2_147_483_648, "Tue, 19 Jan 2038 03:14:08 GMT"),
      (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"), (-62_135_596_800, "Mon, 01 Jan 0001 00:00:00 GMT"),
    ] as [(Int64, String)])
  func `A time is written as the calendar says`(seconds: Int64, expected: String) {
    #expect(text(seconds) == expected)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `What is written is read again`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<200 {
      let time = Int64.random(in: -62_135_596_800...253_402_300_799, using: &random)
      #expect(seconds(text(time)) == time, "\(random)")
    }
  }

  @Test
  func `A year of two digits is the nearest one not more than fifty years ahead`() {
    #expect(seconds("Friday, 01-Jan-27 00:00:00 GMT") == 1_798_761_600)
    #expect(seconds("Wednesday, 01-Jan-76 00:00:00 GMT") == 3_345_062_400)
    #expect(seconds("Saturday, 01-Jan-77 00:00:00 GMT") == 220_924_800)
    let nineties: Int64 = 915_148_800
    #expect(seconds("Saturday, 01-Jan-05 00:00:00 GMT", now: nineties) == 1_104_537_600)
  }

  @Test(arguments: [
    "", "now", "0", "784111777", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC",
    "Sun, 06 Nov 1994 08:49:37 GMT ", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT",
    "Sun, 29 Feb 1900 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
    "Sun, 06 Nov -994 08:49:37 GMT", "Son, 06 Nov 1994 08:49:37 GMT", "Sun, 06-Nov-1994 08:49:37 GMT",
    "Sunday, 06-Nov-1994 08:49:37 GMT", "Sunday, 06 Nov 94 08:49:37 GMT", "Someday, 06-Nov-94 08:49:37 GMT",
    "Sun Nov 06 08:49:37 94 ", "Sun Nov 06 08:49:37 1994 GMT", "Sun Nov xx 08:49:37 1994",
    ",,,,,,,,,,,,,,,,,,,,,,,,,,,,,", "                        ",
  ])
  func `Any other text is no date`(text: String) {
    #expect(seconds(text) == nil)
  }

  @Test
  func `A leap second is the last one of its minute`() {
    #expect(seconds("Sat, 31 Dec 2016 23:59:60 GMT") == seconds("Sat, 31 Dec 2016 23:59:59 GMT"))
  }

  @Test
  func `A date cut anywhere is no date`() {
    for text in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
      for count in 0..<text.utf8.count { #expect(seconds(String(text.prefix(count))) == nil) }
    }
  }

  @Test
  func `The date of the common log format has brackets and a zone`() {
    let bytes = [UInt8](count: HTTPDate.logByteCount) { target in
      HTTPDate.writeLog(CalendarDate(unixSeconds: 784_111_777), to: &target, at: 0)
    }
    #expect(String(decoding: bytes, as: UTF8.self) == "[06/Nov/1994:08:49:37 +0000]")
  }
}
