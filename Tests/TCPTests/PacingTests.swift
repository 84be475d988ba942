import TestKit
import Testing
import Time

@testable import TCP

/// Large flights leave spread over the round trip.
struct PacingTests {
  /// A connection in slow start with a window of 1,460,000 bytes and a round trip of 40 ms: 73 bytes a microsecond.
  private static func rate(window: UInt32 = 1_460_000, roundTrip: Interval? = .milliseconds(40)) -> Pacing.Rate? {
    var congestion = CongestionControl(mss: 1_460)
    congestion.set(window)
    return Pacing.Rate(congestion, roundTrip: roundTrip, mss: 1_460)
  }

  private static let start = Instant.epoch + .seconds(1)

  @Test func `In slow start a window takes half of the round trip`() throws {
    let rate = try #require(PacingTests.rate())
    #expect(rate.time(of: 1_460_000) == .milliseconds(20))
  }

  @Test func `Later it takes most of it`() throws {
    var congestion = CongestionControl(mss: 1_460)
    congestion.set(1_460_000)
    congestion.reduce(flight: 1_460_000, mss: 1_460)
    congestion.set(1_460_000)
    let rate = try #require(Pacing.Rate(congestion, roundTrip: .milliseconds(60), mss: 1_460))
    #expect(rate.time(of: 1_460_000) == .milliseconds(50))
  }

  @Test func `Small windows, short round trips and those that nobody has measured are left alone`() {
    #expect(PacingTests.rate(window: 64 * 1_460) != nil)
    #expect(PacingTests.rate(window: 64 * 1_460 - 1) == nil)
    #expect(PacingTests.rate(roundTrip: .milliseconds(9)) == nil)
    #expect(PacingTests.rate(roundTrip: nil) == nil)
  }

  @Test func `Two milliseconds' worth leaves at once, and the rest as time goes on`() throws {
    let rate = try #require(PacingTests.rate())
    var pacing = Pacing()
    #expect(pacing.allowance(rate, at: PacingTests.start) == 146_000)
    pacing.noteSent(146_000, rate, at: PacingTests.start)
    #expect(pacing.allowance(rate, at: PacingTests.start) == 0)
    #expect(pacing.allowance(rate, at: PacingTests.start + .milliseconds(1)) == 73_000)
    #expect(pacing.allowance(rate, at: PacingTests.start + .seconds(9)) == 146_000)
  }

  @Test func `Ten segments leave at once, however long they take`() throws {
    let rate = try #require(PacingTests.rate(window: 100 * 1_460, roundTrip: .seconds(10)))
    #expect(Pacing().allowance(rate, at: PacingTests.start) == 14_600)
  }

  @Test func `Text that waits is woken, and not once more when it has left`() throws {
    let rate = try #require(PacingTests.rate())
    var pacing = Pacing()
    pacing.wait(rate, at: PacingTests.start)
    #expect(pacing.deadline == PacingTests.start + .milliseconds(1))
    pacing.fire(at: PacingTests.start)
    #expect(pacing.deadline != .never)
    pacing.fire(at: PacingTests.start + .milliseconds(1))
    #expect(pacing.deadline == .never)
    pacing.wait(rate, at: PacingTests.start)
    pacing.noteSent(1_460, rate, at: PacingTests.start)
    #expect(pacing.deadline == .never)
  }

  @Test func `Where a segment takes long its turn is waited for, and no longer than a burst`() throws {
    // A segment each 50 ms, ten at once.
    let slow = try #require(PacingTests.rate(window: 100 * 1_460, roundTrip: .seconds(10)))
    var pacing = Pacing()
    pacing.noteSent(20 * 1_460, slow, at: PacingTests.start)
    pacing.wait(slow, at: PacingTests.start)
    #expect(pacing.deadline.since(PacingTests.start).milliseconds == 50)
    #expect(pacing.allowance(slow, at: PacingTests.start + .milliseconds(49)) < 1_460)
    #expect(pacing.allowance(slow, at: pacing.deadline) == 1_460)
    // The round trip has become shorter: the debt of the slow one is gone.
    let fast = try #require(PacingTests.rate(window: 100 * 1_460, roundTrip: .milliseconds(40)))
    pacing.wait(fast, at: PacingTests.start)
    #expect(pacing.allowance(fast, at: PacingTests.start + .milliseconds(2)) >= 1_460)
  }

  /// A queue on a path of 100 Mbit/s, and what 10 MB make of it, in kilobytes a second.
  struct Cell: Sendable {
    /// Milliseconds there and back.
    let roundTrip: UInt64
    /// How long the queue is, in microseconds.
    let queue: UInt64
    let goodput: Int
  }

  @Test(arguments: [
    Cell(roundTrip: 40, queue: 1_500, goodput: 2_519), Cell(roundTrip: 40, queue: 3_000, goodput: 3_198),
    Cell(roundTrip: 40, queue: 5_000, goodput: 7_193), Cell(roundTrip: 40, queue: 20_000, goodput: 8_966),
    Cell(roundTrip: 100, queue: 5_000, goodput: 4_816),
  ])
  func `A long path with a short queue carries what it can, within a tenth`(cell: Cell) throws {
    let transfer = SimulatedTransfer.file(
      of: 10_000_000, roundTrip: .milliseconds(cell.roundTrip), queue: .microseconds(cell.queue))
    let outcome = try transfer.run()
    let goodput = 10_000_000_000 / Int(outcome.duration.microseconds)
    #expect(
      abs(goodput - cell.goodput) <= cell.goodput / 10,
      "\(goodput) kB/s, \(outcome.retransmissionCount) segments once more")
  }
}
