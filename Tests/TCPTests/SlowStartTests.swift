import Testing
import Time
import Wire

@testable import TCP

/// HyStart++ (RFC 9406).
struct SlowStartTests {
  /// A round of acknowledgments with these round trips, in milliseconds.
  /// - Returns: by how much the window grew, of 1,000 for each.
  static func round(_ number: UInt32, of roundTrips: [UInt64], _ start: inout SlowStart) -> UInt32 {
    var growth: UInt32 = 0
    for (index, roundTrip) in roundTrips.enumerated() {
      growth += start.growth(
        Growth(
          count: 1_000, mss: 1_000, una: SequenceNumber(number * 100 + 1 + UInt32(index)),
          max: SequenceNumber(number * 100 + 100), roundTrip: .milliseconds(roundTrip), smoothed: .milliseconds(40),
          now: .epoch))
    }
    return growth
  }

  @Test func `Equal round trips never end slow start`() {
    var start = SlowStart(una: SequenceNumber(0))
    for number in 0..<20 {
      #expect(SlowStartTests.round(UInt32(number), of: Array(repeating: 40, count: 10), &start) == 10_000)
    }
    #expect(!start.isOver)
  }

  @Test func `A rise of an eighth slows the growth down to a quarter, and five such rounds end it`() {
    var start = SlowStart(una: SequenceNumber(0))
    _ = SlowStartTests.round(0, of: Array(repeating: 40, count: 10), &start)
    // The eighth measurement makes it certain.
    #expect(SlowStartTests.round(1, of: Array(repeating: 45, count: 10), &start) == 7_750)
    for number in 2..<6 {
      #expect(SlowStartTests.round(UInt32(number), of: Array(repeating: 46, count: 10), &start) == 2_500)
      #expect(!start.isOver)
    }
    _ = SlowStartTests.round(6, of: Array(repeating: 46, count: 10), &start)
    #expect(start.isOver)
  }

  @Test func `A rise that does not last lets the window double again`() {
    var start = SlowStart(una: SequenceNumber(0))
    _ = SlowStartTests.round(0, of: Array(repeating: 40, count: 10), &start)
    _ = SlowStartTests.round(1, of: Array(repeating: 45, count: 10), &start)
    _ = SlowStartTests.round(2, of: Array(repeating: 40, count: 10), &start)
    #expect(SlowStartTests.round(3, of: Array(repeating: 40, count: 10), &start) == 10_000)
  }

  @Test func `A small rise is noise, and so is one that few measurements show`() {
    var start = SlowStart(una: SequenceNumber(0))
    _ = SlowStartTests.round(0, of: Array(repeating: 40, count: 10), &start)
    #expect(SlowStartTests.round(1, of: Array(repeating: 44, count: 10), &start) == 10_000)
    #expect(SlowStartTests.round(2, of: Array(repeating: 60, count: 7), &start) == 7_000)
  }

  @Test func `On a long path sixteen milliseconds are enough`() {
    var start = SlowStart(una: SequenceNumber(0))
    _ = SlowStartTests.round(0, of: Array(repeating: 400, count: 10), &start)
    #expect(SlowStartTests.round(1, of: Array(repeating: 416, count: 10), &start) < 10_000)
  }
}
