import LinuxLink
import Testing
import Time

/// How long a loop asks before it sleeps.
struct SpinTests {
  private static let short = Interval.microseconds(30)
  private static let long = Interval.milliseconds(3)

  @Test func `Waits that were shorter than a spin make it longer, up to the longest`() {
    var spin = Spin(processors: 2)
    var before = spin.limit
    for _ in 0..<2 {
      spin.waited(SpinTests.short)
      #expect(spin.limit > before)
      before = spin.limit
    }
    for _ in 0..<10 { spin.waited(SpinTests.short) }
    #expect(spin.limit == Spin.longest)
  }

  @Test func `A wait that a slow wake-up has made longer is still short`() {
    var spin = Spin(processors: 2)
    for _ in 0..<10 { spin.waited(.microseconds(60)) }
    #expect(spin.limit == Spin.longest)
  }

  @Test func `Long waits end it`() {
    var spin = Spin(processors: 2)
    spin.waited(SpinTests.long)
    #expect(spin.limit == .microseconds(5))
    for _ in 0..<10 { spin.waited(SpinTests.long) }
    #expect(spin.limit == .zero)
  }

  @Test func `It comes back after a single short wait`() {
    var spin = Spin(processors: 2)
    for _ in 0..<10 { spin.waited(SpinTests.long) }
    spin.waited(SpinTests.short)
    #expect(spin.limit == Spin.first)
  }

  @Test func `With one processor there is none, for the sender needs it`() {
    var spin = Spin(processors: 1)
    #expect(!spin.isOfUse)
    #expect(spin.limit == .zero)
    spin.waited(SpinTests.short)
    #expect(spin.limit == .zero)
  }
}
