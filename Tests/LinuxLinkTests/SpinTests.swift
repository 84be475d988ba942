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
    #expect(spin.limit == .zero)
    spin.waited(SpinTests.short)
    #expect(spin.limit == .zero)
  }

  /// A spin that has learned from these waits, in microseconds, again and again.
  private static func learned(_ waits: [UInt64], times: Int = 8, processors: Int = 2) -> Spin {
    var spin = Spin(processors: processors)
    for _ in 0..<times {
      for wait in waits { spin.waited(.microseconds(wait)) }
    }
    return spin
  }

  @Test func `Where one long wait is like the other a frame is due when it is over, and is asked for shortly before`()
    throws
  {
    #expect(SpinTests.learned([1_200], times: 4).due == nil)
    let due = try #require(SpinTests.learned([1_200, 1_230, 1_170]).due)
    #expect(due.contains(.microseconds(1_100)))
    #expect(due.contains(.microseconds(1_300)))
    #expect(!due.contains(.microseconds(1_000)))
    #expect(!due.contains(.microseconds(1_400)))
  }

  @Test func `A wait that is different now and then changes nothing`() throws {
    let due = try #require(SpinTests.learned([1_200, 1_200, 90, 1_200, 1_200, 5_000, 1_200]).due)
    #expect(due.contains(.microseconds(1_200)))
  }

  @Test(arguments: [[100, 700, 2_000, 400, 3_000], [1_200, 2_400], [100], [300]] as [[UInt64]])
  func `Waits that are all different, or too short for a sleep, foretell nothing`(waits: [UInt64]) {
    #expect(SpinTests.learned(waits).due == nil)
  }

  @Test func `A long wait is foretold no less exactly than to a fifth of a millisecond`() throws {
    let due = try #require(SpinTests.learned([40_000]).due)
    #expect(!due.contains(.microseconds(39_700)))
    #expect(due.contains(.microseconds(39_900)))
    #expect(SpinTests.learned([40_000, 39_000, 41_000]).due == nil)
  }

  @Test func `A new usual wait takes the place of the one before`() throws {
    var spin = SpinTests.learned([1_200])
    for _ in 0..<20 { spin.waited(.microseconds(2_000)) }
    let due = try #require(spin.due)
    #expect(due.contains(.microseconds(2_000)))
    #expect(!due.contains(.microseconds(1_200)))
  }

  @Test func `With one processor nothing is due`() {
    #expect(SpinTests.learned([1_200], processors: 1).due == nil)
  }
}
