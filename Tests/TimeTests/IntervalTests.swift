import Testing
import Time

/// Lengths of time.
struct IntervalTests {
  static let longest = Interval(nanoseconds: .max)

  @Test func `Units are powers of a thousand`() {
    #expect(Interval.microseconds(3).nanoseconds == 3_000)
    #expect(Interval.milliseconds(3).nanoseconds == 3_000_000)
    #expect(Interval.seconds(3).nanoseconds == 3_000_000_000)
  }

  @Test func `Whole units are rounded down`() {
    #expect(Interval(nanoseconds: 1_999_999).microseconds == 1_999)
    #expect(Interval(nanoseconds: 1_999_999).milliseconds == 1)
    #expect(Interval(nanoseconds: 999).microseconds == 0)
  }

  @Test(arguments: [Interval.microseconds, Interval.milliseconds, Interval.seconds])
  func `More of a unit than there is time is the longest interval`(unit: @Sendable (UInt64) -> Interval) {
    #expect(unit(.max) == IntervalTests.longest)
    #expect(unit(.max / 1_000 + 1) == IntervalTests.longest)
  }

  @Test func `The longest whole number of seconds is exact`() {
    #expect(Interval.seconds(18_446_744_073).nanoseconds == 18_446_744_073_000_000_000)
    #expect(Interval.seconds(18_446_744_074) == IntervalTests.longest)
  }

  @Test func `A sum saturates`() {
    #expect(Interval.seconds(1) + .milliseconds(500) == .milliseconds(1_500))
    #expect(IntervalTests.longest + .zero == IntervalTests.longest)
    #expect(IntervalTests.longest + Interval(nanoseconds: 1) == IntervalTests.longest)
    #expect(IntervalTests.longest + IntervalTests.longest == IntervalTests.longest)
  }

  @Test func `A difference never falls below zero`() {
    #expect(Interval.seconds(2) - .seconds(1) == .seconds(1))
    #expect(Interval.seconds(1) - .seconds(1) == .zero)
    #expect(Interval.seconds(1) - .seconds(2) == .zero)
    #expect(Interval.zero - IntervalTests.longest == .zero)
  }

  @Test func `A product saturates`() {
    #expect(Interval.milliseconds(250) * 4 == .seconds(1))
    #expect(IntervalTests.longest * 0 == .zero)
    #expect(IntervalTests.longest * 1 == IntervalTests.longest)
    #expect(Interval(nanoseconds: 1 << 63) * 2 == IntervalTests.longest)
  }

  @Test func `A quotient is rounded down`() {
    #expect(Interval.seconds(1) / 4 == .milliseconds(250))
    #expect(Interval(nanoseconds: 7) / 8 == .zero)
    #expect(IntervalTests.longest / .max == Interval(nanoseconds: 1))
  }

  @Test func `Intervals are ordered by length`() {
    let ordered: [Interval] = [.zero, Interval(nanoseconds: 1), .microseconds(1), .seconds(1), IntervalTests.longest]
    #expect(ordered.reversed().sorted() == ordered)
    #expect(!(Interval.zero < .zero))
  }
}
