import HTTP
import TestKit
import Testing

struct ByteRangesTests {
  /// The parts that `value` asks for, as `first-last`; `ignored` where the field says nothing.
  private func parts(_ value: String, of length: UInt64) -> String {
    let bytes = Array(value.utf8)
    guard let ranges = ByteRanges(bytes.rawSpan, length: length) else { return "ignored" }
    return (0..<ranges.count).map { "\(ranges[$0].lowerBound)-\(ranges[$0].upperBound - 1)" }.joined(separator: " ")
  }

  @Test(arguments: [
    ("bytes=0-499", "0-499"), ("bytes=500-999", "500-999"), ("bytes=-500", "9500-9999"), ("bytes=9500-", "9500-9999"),
    ("bytes=0-0,-1", "0-0 9999-9999"), ("bytes= 0-999, 4500-5499, -1000", "0-999 4500-5499 9000-9999"),
    ("bytes=500-600,601-999", "500-999"), ("bytes=500-700,601-999", "500-999"),
  ])
  func `The examples of RFC 9110, for ten thousand bytes`(value: String, expected: String) {
    #expect(parts(value, of: 10_000) == expected)
  }

  @Test(arguments: [
    ("bytes=0-0", "0-0"), ("bytes=99-99", "99-99"), ("bytes=0-", "0-99"), ("bytes=0-99", "0-99"),
    ("bytes=0-100", "0-99"), ("bytes=50-1000000", "50-99"), ("bytes=99-100", "99-99"), ("bytes=-1", "99-99"),
    ("bytes=-100", "0-99"), ("bytes=-101", "0-99"), ("bytes=-99999999999999999999999", "0-99"),
    ("bytes=1-99999999999999999999999", "1-99"), ("BYTES=1-2", "1-2"), ("bytes=\t1-2 ,, 8-9 ,", "1-2 8-9"),
    ("bytes=007-0008", "7-8"),
    ("bytes=100-", ""), ("bytes=100-200", ""), ("bytes=-0", ""), ("bytes=99999999999999999999999-", ""),
    ("bytes=100-200,-0", ""), ("bytes=100-,5-6", "5-6"),
  ])
  func `A range is cut at the end, and left out behind it`(value: String, expected: String) {
    #expect(parts(value, of: 100) == expected)
  }

  @Test(arguments: [
    "", "bytes", "bytes=", "bytes=,", "bytes=-", "bytes=a-b", "bytes=1", "bytes=2-1", "bytes=1-2-3", "bytes=--1",
    "bytes=1 - 2", "bytes=+1-2", "bytes =1-2", "bytes:1-2", "items=1-2", "bytes=1-2,x", "bytes=0x1-2", "bytes=1-2;3-4",
  ])
  func `Anything else is ignored`(value: String) {
    #expect(parts(value, of: 100) == "ignored")
  }

  @Test
  func `Ranges come out in the order asked for, and united`() {
    #expect(parts("bytes=90-,0-9,40-49,20-29", of: 100) == "90-99 0-9 40-49 20-29")
    #expect(parts("bytes=90-,0-9,40-49,41-95", of: 100) == "40-99 0-9")
    #expect(parts("bytes=0-9,20-29,40-49,5-44", of: 100) == "0-49")
    #expect(parts("bytes=10-19,0-9", of: 100) == "0-19")
    #expect(parts("bytes=0-9,11-19", of: 100) == "0-9 11-19")
  }

  @Test
  func `Eight ranges apart are kept and nine are ignored`() {
    let eight = (0..<8).map { "\($0 * 10)-\($0 * 10)" }.joined(separator: ",")
    #expect(parts("bytes=\(eight)", of: 100).split(separator: " ").count == 8)
    #expect(parts("bytes=\(eight),90-90", of: 100) == "ignored")
    #expect(parts("bytes=\(eight),0-", of: 100) == "0-99")
  }

  @Test
  func `Of nothing there is no range`() {
    #expect(parts("bytes=0-", of: 0) == "")
    #expect(parts("bytes=0-0", of: 0) == "")
    #expect(parts("bytes=-0", of: 0) == "")
    #expect(parts("bytes=-1", of: 0) == "ignored")
  }

  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func `The parts hold exactly the bytes that were asked for`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<100 {
      let length = Int.random(in: 1...40, using: &random)
      var wanted = Set<Int>()
      let specifiers = (0..<Int.random(in: 1...6, using: &random)).map { _ -> String in
        let first = Int.random(in: 0...45, using: &random)
        let last = Int.random(in: first...50, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0:
          wanted.formUnion((first...last).filter { $0 < length })
          return "\(first)-\(last)"
        case 1:
          wanted.formUnion((first...50).filter { $0 < length })
          return "\(first)-"
        default:
          wanted.formUnion(max(0, length - first)..<length)
          return "-\(first)"
        }
      }
      let value = "bytes=" + specifiers.joined(separator: ",")
      let bytes = Array(value.utf8)
      let ranges = ByteRanges(bytes.rawSpan, length: UInt64(length))
      let got = ranges.map { ranges in
        (0..<ranges.count).flatMap { Array(Int(ranges[$0].lowerBound)..<Int(ranges[$0].upperBound)) }
      }
      #expect(got?.sorted() == wanted.sorted(), "\(random): \(value) of \(length)")
    }
  }
}
