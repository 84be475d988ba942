import Link
import TestKit
import Testing
import Time

/// The same seed harms the same frames, as often as it was told to.
struct FaultySeedTests {
  private static let everything = FaultyTests.faults {
    $0.dropped = 50_000
    $0.duplicated = 40_000
    $0.reordered = 60_000
    $0.corrupted = 30_000
    $0.delayed = 70_000
    ($0.shortestDelay, $0.longestDelay) = (.microseconds(10), .milliseconds(2))
  }

  /// Everything that comes out of a link through which `count` frames went each way, and the counters.
  private static func story(seed: UInt64, count: Int) -> (frames: [[UInt8]], counters: [FaultCounters]) {
    var link = FaultyTests.link(incoming: everything, outgoing: everything, seed: seed)
    var received: [[UInt8]] = []
    for number in 0..<count {
      link.device.arrivals.append(ScriptedDevice.Arrival(FaultyTests.frame(number)))
      link.advance(to: Instant(nanoseconds: UInt64(number) * 100_000))
      received += FaultyTests.receiveAll(&link)
      _ = FaultyTests.send(FaultyTests.frame(number), through: &link)
    }
    return (received + link.device.sent, [link.incomingFaults, link.outgoingFaults])
  }

  @Test func `The same seed tells the same story`() {
    let first = FaultySeedTests.story(seed: 42, count: 1_000)
    let second = FaultySeedTests.story(seed: 42, count: 1_000)
    #expect(first.frames == second.frames)
    #expect(first.counters == second.counters)
  }

  @Test func `Another seed tells another story`() {
    #expect(FaultySeedTests.story(seed: 42, count: 500).frames != FaultySeedTests.story(seed: 43, count: 500).frames)
  }

  @Test func `The two directions do not harm the same frames`() {
    let counters = FaultySeedTests.story(seed: 42, count: 1_000).counters
    #expect(counters[0] != counters[1])
  }

  @Test func `Each fault happens as often as its rate says`() {
    let count = 10_000
    for counters in FaultySeedTests.story(seed: 7, count: count).counters {
      #expect(counters.offered == UInt64(count))
      let survivors = Double(count) * 0.95
      #expect(isNear(counters.dropped, expected: Double(count) * 0.05))
      #expect(isNear(counters.duplicated, expected: survivors * 0.04))
      #expect(isNear(counters.reordered, expected: survivors * 0.06))
      #expect(isNear(counters.corrupted, expected: survivors * 0.03))
      #expect(isNear(counters.delayed, expected: survivors * 0.07))
      #expect(counters.overflowed == 0)
    }
  }

  @Test func `One rate does not change which frames another hits`() {
    func dropped(besides change: (inout Faults) -> Void) -> [Int] {
      var faults = FaultyTests.faults { $0.dropped = 100_000 }
      change(&faults)
      var link = FaultyTests.link(outgoing: faults, seed: 9)
      return (0..<1_000).filter { number in
        let before = link.outgoingFaults.dropped
        _ = FaultyTests.send(FaultyTests.frame(number), through: &link)
        return link.outgoingFaults.dropped > before
      }
    }
    #expect(dropped { _ in } == dropped { $0.duplicated = 300_000 })
  }

  /// Whether a count is within five standard deviations of a rare event's expected count.
  private func isNear(_ count: UInt64, expected: Double) -> Bool {
    abs(Double(count) - expected) < 5 * expected.squareRoot()
  }
}
