import Stack
import TestKit
import Testing
import Time

/// Deadlines in a wheel against deadlines in a list.
struct TimerWheelTests {
  static func instant(_ milliseconds: Double) -> Instant {
    Instant(nanoseconds: UInt64(milliseconds * 1e6))
  }

  /// Everything that comes up at a moment, in ascending order.
  static func expired(_ wheel: inout TimerWheel, at now: Instant) -> [Int] {
    var expired = [Int]()
    while let index = wheel.nextExpired(at: now) { expired.append(index) }
    return expired.sorted()
  }

  @Test func `An empty wheel has nothing to do`() {
    var wheel = TimerWheel(capacity: 2, start: TimerWheelTests.instant(5))
    #expect(wheel.nextDeadline == .never)
    #expect(TimerWheelTests.expired(&wheel, at: TimerWheelTests.instant(1e9)) == [])
  }

  @Test(arguments: [0, 0.2, 1, 1.5, 255, 256, 257, 65_535, 65_536, 65_537.25, 1_000_000, 16_000_000])
  func `A deadline is never early and never later than a tick`(milliseconds: Double) {
    for start in [0, 3, 255, 256, 65_535, 1_000_003.5] {
      var wheel = TimerWheel(capacity: 1, start: TimerWheelTests.instant(start))
      let deadline = TimerWheelTests.instant(start + milliseconds)
      wheel.wake(0, by: deadline)
      var wakings = 0
      while wheel.nextDeadline < deadline {
        #expect(wheel.nextExpired(at: wheel.nextDeadline) == nil, "started at \(start)")
        wakings += 1
        if wakings > 4 { break }
      }
      #expect(wakings <= 3, "started at \(start)")
      #expect(wheel.nextDeadline >= deadline && wheel.nextDeadline < deadline + .milliseconds(1))
      #expect(wheel.nextExpired(at: wheel.nextDeadline) == 0)
      #expect(wheel.nextDeadline == .never)
    }
  }

  @Test func `Of two deadlines the earlier stays`() {
    var wheel = TimerWheel(capacity: 1, start: .epoch)
    wheel.wake(0, by: TimerWheelTests.instant(20))
    wheel.wake(0, by: TimerWheelTests.instant(30))
    #expect(wheel.nextDeadline == TimerWheelTests.instant(20))
    wheel.wake(0, by: TimerWheelTests.instant(10))
    #expect(wheel.nextDeadline == TimerWheelTests.instant(10))
    #expect(TimerWheelTests.expired(&wheel, at: TimerWheelTests.instant(10)) == [0])
    #expect(TimerWheelTests.expired(&wheel, at: TimerWheelTests.instant(100)) == [])
  }

  @Test func `A cancelled deadline does not come up`() {
    var wheel = TimerWheel(capacity: 2, start: .epoch)
    for index in 0..<2 { wheel.wake(index, by: TimerWheelTests.instant(300)) }
    wheel.cancel(0)
    wheel.cancel(0)
    #expect(TimerWheelTests.expired(&wheel, at: TimerWheelTests.instant(400)) == [1])
  }

  @Test func `Never is no deadline, and the last instant is a far one`() {
    var wheel = TimerWheel(capacity: 2, start: .epoch)
    wheel.wake(0, by: .never)
    #expect(wheel.nextDeadline == .never)
    wheel.wake(0, by: Instant(nanoseconds: .max - 1))
    #expect(wheel.nextDeadline <= TimerWheelTests.instant(Double(1 << 24)))
  }

  @Test func `A deadline that was set long ago comes up before one that was set late`() {
    var wheel = TimerWheel(capacity: 2, start: .epoch)
    wheel.wake(0, by: TimerWheelTests.instant(300))
    #expect(TimerWheelTests.expired(&wheel, at: TimerWheelTests.instant(200)) == [])
    wheel.wake(1, by: TimerWheelTests.instant(450))
    #expect(wheel.nextDeadline <= TimerWheelTests.instant(300))
    #expect(TimerWheelTests.expired(&wheel, at: TimerWheelTests.instant(300)) == [0])
  }

  @Test func `A deadline beyond the wheel comes up early, to be set again`() {
    var wheel = TimerWheel(capacity: 1, start: .epoch)
    wheel.wake(0, by: TimerWheelTests.instant(20_000_000))
    #expect(TimerWheelTests.expired(&wheel, at: TimerWheelTests.instant(16_000_000)) == [])
    #expect(TimerWheelTests.expired(&wheel, at: TimerWheelTests.instant(16_777_216)) == [0])
  }

  @Test(arguments: 1...20)
  func `A wheel does what a list does`(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    var now = UInt64.random(in: 0..<1_000_000_000_000, using: &random)
    var wheel = TimerWheel(capacity: 16, start: Instant(nanoseconds: now))
    var model = [Int: UInt64]()
    let reach = [1_000_000, 300_000_000, 70_000_000_000, 1_000_000_000_000] as [UInt64]
    for _ in 0..<400 {
      let index = Int.random(in: 0..<16, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0, 1:
        let range = reach[Int.random(in: 0..<4, using: &random)]
        let deadline = now + UInt64.random(in: 0..<range, using: &random)
        wheel.wake(index, by: Instant(nanoseconds: deadline))
        model[index] = min(model[index] ?? .max, deadline)
      case 2:
        wheel.cancel(index)
        model[index] = nil
      default:
        let range = reach[Int.random(in: 0..<3, using: &random)]
        now += UInt64.random(in: 0..<range, using: &random)
        let expired = TimerWheelTests.expired(&wheel, at: Instant(nanoseconds: now))
        let tick = now / 1_000_000
        let due = model.filter { ($0.value + 999_999) / 1_000_000 <= tick }.keys.sorted()
        #expect(expired == due, "\(random)")
        for index in due { model[index] = nil }
      }
      let earliest = model.values.min().map { ($0 + 999_999) / 1_000_000 * 1_000_000 } ?? .max
      #expect(wheel.nextDeadline.nanoseconds <= max(earliest, now / 1_000_000 * 1_000_000), "\(random)")
    }
  }
}
