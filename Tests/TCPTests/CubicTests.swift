import Testing
import Time
import Wire

@testable import TCP

/// RFC 9438 by numbers.
struct CubicTests {
  /// The window after `seconds` of acknowledgments in congestion avoidance, a window each round trip of 100 ms.
  static func grown(from window: UInt32, to seconds: Int, _ control: inout CongestionControl, mss: UInt16 = 1_000) {
    control.set(window)
    for round in 0..<(seconds * 10) {
      let now = Instant.epoch + .milliseconds(UInt64(round) * 100)
      var rest = control.window
      while rest > 0 {
        let count = min(rest, 2 * UInt32(mss))
        control.acknowledged(CongestionControlTests.growth(count, mss: mss, at: now))
        rest -= count
      }
    }
  }

  @Test(arguments: [(0, 0), (1, 1), (7, 1), (8, 2), (26, 2), (27, 3), (1_000_000_000, 1_000)] as [(UInt64, UInt32)])
  func `The cube root is rounded down`(number: UInt64, root: UInt32) {
    #expect(Cubic.root(number) == root)
  }

  @Test func `The cube root of the largest distance fits`() {
    #expect(Cubic.root(2_500_000_000 * (1 << 30) / 88) == 312_453)
    #expect(Cubic.root(.max) == 2_097_151)
  }

  @Test func `After a loss the window comes back to where it was within K, and pauses there`() {
    // 1,000 segments lost 300: K is the cube root of 300 / 0.4, 9.08 seconds.
    var control = CongestionControl(.cubic, mss: 1_000)
    control.set(1_000_000)
    control.reduce(flight: 1_000_000, mss: 1_000)
    #expect(control.threshold == 700_000)
    CubicTests.grown(from: 700_000, to: 4, &control)
    // W(4 + 0.1) = 0.4 (4.1 - 9.08)³ + 1000 = 950.
    #expect((944_000...952_000).contains(control.window), "\(control.window)")
  }

  @Test func `Near the last loss the window hardly grows`() {
    var control = CongestionControl(.cubic, mss: 1_000)
    control.set(1_000_000)
    control.reduce(flight: 1_000_000, mss: 1_000)
    CubicTests.grown(from: 700_000, to: 9, &control)
    #expect((997_000...1_001_000).contains(control.window), "\(control.window)")
  }

  @Test func `Beyond it the window grows faster and faster`() {
    var control = CongestionControl(.cubic, mss: 1_000)
    control.set(1_000_000)
    control.reduce(flight: 1_000_000, mss: 1_000)
    CubicTests.grown(from: 700_000, to: 14, &control)
    // 0.4 (14.1 - 9.08)³ = 50 segments more.
    #expect((1_040_000...1_053_000).contains(control.window), "\(control.window)")
  }

  @Test func `A small window grows as fast as NewReno's`() {
    // 10 segments lost 3; NewReno with nine seventeenths of a segment each round trip has 10 after 5.7 round trips.
    var control = CongestionControl(.cubic, mss: 1_000)
    control.reduce(flight: 10_000, mss: 1_000)
    #expect(control.threshold == 7_000)
    CubicTests.grown(from: 7_000, to: 1, &control)
    #expect((11_000...15_000).contains(control.window), "\(control.window)")
  }

  @Test func `A loss below the last makes room for others`() {
    var cubic = Cubic()
    #expect(cubic.reduce(from: 100_000) == 70_000)
    #expect(cubic.reduce(from: 90_000) == 63_000)
    // The plateau is at 0.85 of 90,000 now: from 63,000, 13.5 segments are made up in 3.2 seconds.
    var window: UInt32 = 63_000
    for round in 0..<28 {
      let now = Instant.epoch + .milliseconds(UInt64(round) * 100)
      window += cubic.growth(CongestionControlTests.growth(window, at: now), window: window)
    }
    #expect((74_000...79_000).contains(window), "\(window)")
  }

  @Test func `The window never grows by more than half in a round trip`() {
    var control = CongestionControl(.cubic, mss: 1_000)
    control.reduce(flight: 10_000, mss: 1_000)
    control.set(10_000)
    control.acknowledged(CongestionControlTests.growth(10_000, at: .epoch))
    let before = control.window
    control.acknowledged(CongestionControlTests.growth(before, at: .epoch + .seconds(3_600)))
    #expect(control.window <= before + before / 2)
    #expect(control.window > before + before / 3)
  }

  @Test func `A pause does not count as time in which the path was tried`() {
    var cubic = Cubic()
    _ = cubic.reduce(from: 1_000_000)
    _ = cubic.growth(CongestionControlTests.growth(1_000, at: .epoch), window: 700_000)
    cubic.pause(.seconds(100))
    let growth = cubic.growth(
      CongestionControlTests.growth(700_000, at: .epoch + .seconds(100)), window: 700_000)
    #expect(growth < 20_000, "\(growth)")
  }
}
