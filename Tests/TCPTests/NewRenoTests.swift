import Testing

@testable import TCP

/// RFC 5681, RFC 6582 and RFC 6928 by numbers.
struct NewRenoTests {
  @Test(arguments: [(88, 880), (536, 5_360), (1_460, 14_600), (2_190, 14_600), (7_300, 14_600), (8_960, 17_920)])
  func `The initial window is ten segments, or about 14,600 bytes`(mss: UInt16, window: UInt32) {
    #expect(NewReno(mss: mss).window == window)
  }

  @Test func `In slow start the window grows by what arrives, two segments at most`() {
    var control = NewReno(mss: 1_000)
    control.acknowledged(300, mss: 1_000)
    #expect(control.window == 10_300)
    control.acknowledged(9_000, mss: 1_000)
    #expect(control.window == 12_300)
  }

  @Test func `In congestion avoidance it grows by a segment for each window that arrives`() {
    var control = NewReno(mss: 1_000)
    control.timedOut(flight: 10_000, mss: 1_000, isFirst: true)
    #expect(control.window == 1_000)
    #expect(control.threshold == 5_000)
    for _ in 0..<4 { control.acknowledged(1_000, mss: 1_000) }
    #expect(control.window == 5_000)
    for _ in 0..<4 { control.acknowledged(1_000, mss: 1_000) }
    #expect(control.window == 5_000)
    control.acknowledged(1_000, mss: 1_000)
    #expect(control.window == 6_000)
  }

  @Test func `The threshold is half of the flight, and two segments at least`() {
    var control = NewReno(mss: 1_000)
    control.enterRecovery(flight: 9_000, mss: 1_000)
    #expect(control.threshold == 4_500)
    #expect(control.window == 7_500)
    control.enterRecovery(flight: 1_000, mss: 1_000)
    #expect(control.threshold == 2_000)
    #expect(control.window == 5_000)
  }

  @Test func `A second time-out of the same flight keeps the threshold`() {
    var control = NewReno(mss: 1_000)
    control.timedOut(flight: 20_000, mss: 1_000, isFirst: true)
    control.timedOut(flight: 1_000, mss: 1_000, isFirst: false)
    #expect(control.threshold == 10_000)
  }

  @Test func `In recovery duplicates inflate the window and partial acknowledgments deflate it`() {
    var control = NewReno(mss: 1_000)
    control.enterRecovery(flight: 10_000, mss: 1_000)
    control.inflate(mss: 1_000)
    #expect(control.window == 9_000)
    control.partiallyAcknowledged(3_000, mss: 1_000)
    #expect(control.window == 7_000)
    control.partiallyAcknowledged(200, mss: 1_000)
    #expect(control.window == 6_800)
    control.partiallyAcknowledged(50_000, mss: 1_000)
    #expect(control.window == 1_000)
  }

  @Test func `Recovery ends with the threshold, or a segment more than is in flight`() {
    var control = NewReno(mss: 1_000)
    control.enterRecovery(flight: 10_000, mss: 1_000)
    control.leaveRecovery(flight: 8_000, mss: 1_000)
    #expect(control.window == 5_000)
    control.enterRecovery(flight: 10_000, mss: 1_000)
    control.leaveRecovery(flight: 0, mss: 1_000)
    #expect(control.window == 2_000)
  }

  @Test func `After a silence the window is not larger than the initial one`() {
    var control = NewReno(mss: 1_000)
    for _ in 0..<10 { control.acknowledged(2_000, mss: 1_000) }
    control.restart(mss: 1_000)
    #expect(control.window == 10_000)
    control.timedOut(flight: 10_000, mss: 1_000, isFirst: true)
    control.restart(mss: 1_000)
    #expect(control.window == 1_000)
  }

  @Test func `The window stops growing at what a window field can say`() {
    var control = NewReno(mss: 65_000)
    for _ in 0..<20_000 { control.acknowledged(.max / 2, mss: 65_000) }
    #expect(control.window == 1 << 30)
    control.inflate(mss: 65_000)
    #expect(control.window == 1 << 30)
  }
}
