import Testing
import Time
import Wire

@testable import TCP

/// RFC 5681, RFC 6928 and RFC 2861 by numbers.
struct CongestionControlTests {
  static func growth(_ count: UInt32, mss: UInt16 = 1_000, roundTrip: Interval? = nil, at now: Instant = .epoch)
    -> Growth
  {
    Growth(
      count: count, mss: mss, una: SequenceNumber(1), max: SequenceNumber(2), roundTrip: roundTrip,
      smoothed: .milliseconds(100), now: now)
  }

  @Test(arguments: [(88, 880), (536, 5_360), (1_460, 14_600), (2_190, 14_600), (7_300, 14_600), (8_960, 17_920)])
  func `The initial window is ten segments, or about 14,600 bytes`(mss: UInt16, window: UInt32) {
    #expect(CongestionControl(mss: mss).window == window)
  }

  @Test(arguments: CongestionAlgorithm.allCases)
  func `In slow start the window grows by what arrives`(algorithm: CongestionAlgorithm) {
    var control = CongestionControl(algorithm, mss: 1_000)
    control.acknowledged(CongestionControlTests.growth(300))
    #expect(control.window == 10_300)
    control.acknowledged(CongestionControlTests.growth(9_000))
    #expect(control.window == 19_300)
  }

  @Test func `In congestion avoidance NewReno grows by a segment for each window that arrives`() {
    var control = CongestionControl(.newReno, mss: 1_000)
    control.timedOut(flight: 10_000, pipe: 0, mss: 1_000, isFirst: true)
    #expect(control.window == 1_000)
    #expect(control.threshold == 5_000)
    for _ in 0..<4 { control.acknowledged(CongestionControlTests.growth(1_000)) }
    #expect(control.window == 5_000)
    for _ in 0..<4 { control.acknowledged(CongestionControlTests.growth(1_000)) }
    #expect(control.window == 5_000)
    control.acknowledged(CongestionControlTests.growth(1_000))
    #expect(control.window == 6_000)
  }

  @Test(arguments: [(.newReno, 5_000), (.cubic, 7_000)] as [(CongestionAlgorithm, UInt32)])
  func `The threshold is a part of the window that was used`(algorithm: CongestionAlgorithm, threshold: UInt32) {
    var control = CongestionControl(algorithm, mss: 1_000)
    control.reduce(flight: 10_000, mss: 1_000)
    #expect(control.threshold == threshold)
  }

  @Test(arguments: CongestionAlgorithm.allCases)
  func `The threshold is two segments at least`(algorithm: CongestionAlgorithm) {
    var control = CongestionControl(algorithm, mss: 1_000)
    control.reduce(flight: 1_000, mss: 1_000)
    #expect(control.threshold == 2_000)
  }

  @Test(arguments: CongestionAlgorithm.allCases)
  func `Of a window that was not used, what was in flight counts`(algorithm: CongestionAlgorithm) {
    var control = CongestionControl(algorithm, mss: 100)
    control.set(100_000)
    control.reduce(flight: 10_000, mss: 100)
    #expect(control.threshold == (algorithm == .cubic ? 7_000 : 5_000))
  }

  @Test func `A second time-out of the same flight keeps the threshold`() {
    var control = CongestionControl(.newReno, mss: 1_000)
    control.timedOut(flight: 20_000, pipe: 0, mss: 1_000, isFirst: true)
    control.timedOut(flight: 1_000, pipe: 0, mss: 1_000, isFirst: false)
    #expect(control.threshold == 5_000)
  }

  @Test func `A time-out leaves room for one segment beside what may still arrive`() {
    var control = CongestionControl(mss: 1_000)
    control.timedOut(flight: 10_000, pipe: 3_000, mss: 1_000, isFirst: true)
    #expect(control.window == 4_000)
  }

  @Test(arguments: CongestionAlgorithm.allCases)
  func `A loss that was none is taken back`(algorithm: CongestionAlgorithm) {
    var control = CongestionControl(algorithm, mss: 1_000)
    let (window, threshold) = (control.window, control.threshold)
    control.timedOut(flight: 10_000, pipe: 0, mss: 1_000, isFirst: true)
    control.restore(window: window, threshold: threshold)
    #expect(control.window == 10_000)
    #expect(control.threshold == .max)
  }

  @Test func `Silence halves the window for each time-out, down to the initial one`() {
    var control = CongestionControl(mss: 1_000)
    control.reduce(flight: 10_000, mss: 1_000)
    control.set(80_000)
    control.restart(idle: .milliseconds(250), timeout: .milliseconds(200), mss: 1_000)
    #expect(control.window == 40_000)
    #expect(control.threshold == 60_000)
    control.restart(idle: .milliseconds(250), timeout: .milliseconds(100), mss: 1_000)
    #expect(control.window == 10_000)
    control.set(3_000)
    control.restart(idle: .seconds(60), timeout: .milliseconds(100), mss: 1_000)
    #expect(control.window == 3_000)
  }

  @Test func `A first slow start stays one over a silence`() {
    var control = CongestionControl(mss: 1_000)
    control.set(80_000)
    control.restart(idle: .seconds(60), timeout: .milliseconds(200), mss: 1_000)
    #expect(control.window == 10_000)
    #expect(control.threshold == .max)
  }

  @Test(arguments: CongestionAlgorithm.allCases)
  func `The window stops growing at what a window field can say`(algorithm: CongestionAlgorithm) {
    var control = CongestionControl(algorithm, mss: 65_000)
    for _ in 0..<20 { control.acknowledged(CongestionControlTests.growth(.max / 2, mss: 65_000)) }
    #expect(control.window == 1 << 30)
    control.set(.max)
    #expect(control.window == 1 << 30)
  }
}
