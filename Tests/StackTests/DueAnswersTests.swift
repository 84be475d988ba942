import TCP
import TestKit
import Testing
import Time

@testable import Stack

/// When peers are to answer.
struct DueAnswersTests {
  private static let far = Interval.milliseconds(40)

  private static func at(_ microseconds: UInt64) -> Instant { .epoch + .microseconds(microseconds) }

  @Test func `An answer is due a round trip after what was sent, and is waited for from half a millisecond before`()
    throws
  {
    var due = DueAnswers()
    due.expect(after: DueAnswersTests.far, from: DueAnswersTests.at(1_000))
    let window = try #require(due.window(at: DueAnswersTests.at(1_000)))
    #expect(window == DueAnswersTests.at(40_500)..<DueAnswersTests.at(41_050))
  }

  @Test func `Of a short round trip it is waited for a quarter, and of one that is shorter than a wake-up not at all`()
    throws
  {
    var due = DueAnswers()
    due.expect(after: .microseconds(800), from: .epoch)
    let window = try #require(due.window(at: .epoch))
    #expect(window.lowerBound == DueAnswersTests.at(600))
    due = DueAnswers()
    due.expect(after: .microseconds(399), from: .epoch)
    #expect(due.window(at: .epoch) == nil)
  }

  @Test func `A window that is over is forgotten, and one in which something has arrived`() throws {
    var due = DueAnswers()
    for sent in [0, 5_000, 10_000, 15_000] as [UInt64] {
      due.expect(after: DueAnswersTests.far, from: DueAnswersTests.at(sent))
    }
    #expect(due.window(at: DueAnswersTests.at(40_049))?.lowerBound == DueAnswersTests.at(39_500))
    #expect(due.window(at: DueAnswersTests.at(40_050))?.lowerBound == DueAnswersTests.at(44_500))
    due.arrived(at: DueAnswersTests.at(44_499))
    #expect(due.window(at: DueAnswersTests.at(44_500))?.lowerBound == DueAnswersTests.at(44_500))
    due.arrived(at: DueAnswersTests.at(44_500))
    #expect(due.window(at: DueAnswersTests.at(44_500))?.lowerBound == DueAnswersTests.at(49_500))
    #expect(due.window(at: DueAnswersTests.at(60_000)) == nil)
  }

  @Test func `Peers at different distances are waited for in the order of their answers`() throws {
    var due = DueAnswers()
    due.expect(after: .milliseconds(300), from: DueAnswersTests.at(0))
    due.expect(after: .milliseconds(10), from: DueAnswersTests.at(100))
    due.expect(after: .milliseconds(50), from: DueAnswersTests.at(200))
    due.expect(after: .milliseconds(50), from: DueAnswersTests.at(200))
    due.expect(after: .milliseconds(100), from: DueAnswersTests.at(200))
    var starts: [UInt64] = []
    var now = Instant.epoch
    while let window = due.window(at: now) {
      starts.append(window.lowerBound.since(.epoch).microseconds)
      now = window.upperBound
    }
    #expect(starts == [9_600, 49_700, 99_700, 299_500])
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `Whatever is sent, windows are in order, and take no more than half of the time`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var due = DueAnswers()
    var (now, waited, last) = (Instant.epoch, Interval.zero, Instant.epoch)
    for _ in 0..<5_000 {
      now = now + .microseconds(UInt64.random(in: 0...300, using: &random))
      due.expect(after: .microseconds(UInt64.random(in: 300...60_000, using: &random)), from: now)
      while let window = due.window(at: now), window.upperBound <= now + .microseconds(300) {
        #expect(window.lowerBound >= last)
        waited = waited + window.upperBound.since(window.lowerBound)
        last = window.upperBound
        now = window.upperBound
      }
    }
    #expect(waited > .zero)
    #expect(waited.nanoseconds * 2 <= last.nanoseconds)
  }

  @Test func `Nothing is expected of a peer whose distance is not known where the last one was near`() {
    var due = DueAnswers()
    due.expect(after: DueAnswersTests.far, from: .epoch)
    due.expect(after: .microseconds(50), from: DueAnswersTests.at(10_000))
    due.expectAsBefore(from: DueAnswersTests.at(20_000))
    #expect(due.window(at: DueAnswersTests.at(41_000)) == nil)
  }

  @Test func `A host expects an answer to text, and to a SYN as late as to the last text`() throws {
    let bench = HostBench()
    try bench.open(1, after: DueAnswersTests.far)
    #expect(bench.host.dueAnswers.window(at: bench.now) == nil)
    try bench.write(100, to: 1)
    try bench.transmit()
    let sent = bench.now
    #expect(bench.host.dueAnswers.window(at: sent)?.upperBound == sent + DueAnswersTests.far + DueAnswers.late)
    try bench.advance(to: sent + DueAnswersTests.far)
    bench.host.dueAnswers.arrived(at: bench.now)
    #expect(bench.host.dueAnswers.window(at: bench.now) == nil)
    var syn = PeerSegment(sequence: 9_000, flags: .syn)
    syn.sourcePort = 2
    try bench.deliver(syn)
    try bench.transmit()
    #expect(
      bench.host.dueAnswers.window(at: bench.now)?.upperBound == bench.now + DueAnswersTests.far + DueAnswers.late)
    try bench.close()
  }
}
