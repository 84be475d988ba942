import Link
import TestKit
import Testing
import Time

/// Delay and reordering: what needs the time, and the bound on what is held back.
struct FaultyTimeTests {
  private static let delay = FaultyTests.faults {
    $0.delayed = 1_000_000
    ($0.shortestDelay, $0.longestDelay) = (.milliseconds(20), .milliseconds(20))
  }

  @Test func `A delayed frame comes at its deadline, not before, and equal delays keep the order`() {
    var link = FaultyTests.link(incoming: FaultyTimeTests.delay, arrivals: 3)
    #expect(FaultyTests.receiveAll(&link).isEmpty)
    #expect(link.nextDeadline == Instant(nanoseconds: 20_000_000))
    link.advance(to: Instant(nanoseconds: 19_999_999))
    #expect(FaultyTests.receiveAll(&link).isEmpty)
    link.advance(to: link.nextDeadline)
    #expect(FaultyTests.receiveAll(&link) == (0..<3).map { FaultyTests.frame($0) })
    #expect(link.nextDeadline == .never)
  }

  @Test func `A delayed frame is sent when the time is told`() {
    var link = FaultyTests.link(outgoing: FaultyTimeTests.delay)
    _ = FaultyTests.send(FaultyTests.frame(1), through: &link)
    #expect(link.device.sent.isEmpty)
    link.advance(to: link.nextDeadline)
    #expect(link.device.sent == [FaultyTests.frame(1)])
  }

  @Test func `Every delay lies between the shortest and the longest`() {
    let jitter = FaultyTests.faults {
      $0.delayed = 1_000_000
      ($0.shortestDelay, $0.longestDelay) = (.milliseconds(5), .milliseconds(9))
    }
    var link = FaultyTests.link(outgoing: jitter, seed: 3)
    var now = Instant.epoch
    var delays: Set<UInt64> = []
    for number in 0..<200 {
      _ = FaultyTests.send(FaultyTests.frame(number), through: &link)
      delays.insert(link.nextDeadline.since(now).nanoseconds)
      now = link.nextDeadline
      link.advance(to: now)
    }
    #expect(delays.allSatisfy { (5_000_000...9_000_000).contains($0) })
    #expect(delays.count > 100)
  }

  @Test func `A reordered frame is overtaken by one to three others`() {
    var seen: Set<Int> = []
    for seed in 1...40 as ClosedRange<UInt64> {
      let half = FaultyTests.faults { $0.reordered = 300_000 }
      var link = FaultyTests.link(incoming: half, seed: seed, arrivals: 200)
      let numbers = FaultyTests.receiveAll(&link).map { Int($0[36]) << 8 | Int($0[37]) }
      for (place, number) in numbers.enumerated() {
        seen.insert(numbers[..<place].count { $0 > number })
      }
      #expect(Set(numbers).count == numbers.count, "seed \(seed)")
    }
    #expect(seen == [0, 1, 2, 3])
  }

  @Test func `A reordered frame that nothing follows comes all the same`() {
    var link = FaultyTests.link(incoming: FaultyTests.faults { $0.reordered = 1_000_000 }, arrivals: 1)
    #expect(FaultyTests.receiveAll(&link).isEmpty)
    link.advance(to: link.nextDeadline)
    #expect(FaultyTests.receiveAll(&link) == [FaultyTests.frame(0)])
  }

  @Test func `More frames than it can hold back vanish`() {
    var link = FaultyTests.link(incoming: FaultyTimeTests.delay, capacity: 4, arrivals: 10)
    _ = FaultyTests.receiveAll(&link)
    link.advance(to: link.nextDeadline)
    #expect(FaultyTests.receiveAll(&link) == (0..<4).map { FaultyTests.frame($0) })
    #expect(link.incomingFaults.overflowed == 6)
  }

  @Test func `A held frame that the device does not take when it is due is lost`() {
    var link = FaultyTests.link(outgoing: FaultyTimeTests.delay)
    _ = FaultyTests.send(FaultyTests.frame(1), through: &link)
    link.device.room = 0
    link.advance(to: link.nextDeadline)
    #expect(link.outgoingFaults.overflowed == 1)
    #expect(link.nextDeadline == .never)
  }
}
