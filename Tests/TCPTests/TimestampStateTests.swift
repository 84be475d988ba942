import TestKit
import Testing
import Time
import Wire

@testable import TCP

/// The clocks of a connection.
struct TimestampStateTests {
  private static func state(_ recent: UInt32) -> TimestampState {
    TimestampState(recent: recent, lastAcknowledged: SequenceNumber(100), at: .epoch)
  }

  @Test(arguments: [(0, 0xFFFF_FFFF), (5, 4), (0x8000_0000, 1), (10, 0x8000_000B)] as [(UInt32, UInt32)])
  func `What was shown before is old, also where clocks go round`(recent: UInt32, value: UInt32) {
    #expect(TimestampStateTests.state(recent).isOld(value, at: .epoch))
    #expect(!TimestampStateTests.state(value).isOld(recent, at: .epoch))
    #expect(!TimestampStateTests.state(value).isOld(value, at: .epoch))
  }

  @Test func `After 24 days without news nothing is old`() {
    let state = TimestampStateTests.state(10)
    #expect(state.isOld(9, at: .epoch + .seconds(24 * 86_400 - 1)))
    #expect(!state.isOld(9, at: .epoch + .seconds(24 * 86_400)))
  }

  @Test func `Only a segment that reaches back to the last acknowledgment shows the clock that is echoed`() {
    var state = TimestampStateTests.state(10)
    state.take(20, of: SequenceNumber(101), at: .epoch)
    #expect(state.recent == 10)
    state.take(9, of: SequenceNumber(100), at: .epoch)
    #expect(state.recent == 10)
    state.take(20, of: SequenceNumber(100), at: .epoch)
    #expect(state.recent == 20)
  }

  @Test func `An echo is a round trip where it can be one`() {
    let (state, iss) = (TimestampStateTests.state(0), SequenceNumber(0xFFFF_FF00))
    let sent = TimestampState.clock(iss, at: .epoch + .milliseconds(200))
    #expect(state.roundTrip(of: sent, iss, at: .epoch + .milliseconds(500)) == .milliseconds(300))
    #expect(state.roundTrip(of: sent, iss, at: .epoch + .milliseconds(200)) == .milliseconds(1))
    #expect(state.roundTrip(of: sent, iss, at: .epoch) == nil)
    #expect(state.roundTrip(of: sent, iss, at: .epoch + .seconds(200)) == nil)
  }

  @Test func `A narrower path has room for the clocks, too`() {
    var connection = Connection.established(clock: 500)
    #expect(connection.snd.mss == 1_448)
    var ranges = SentRanges(capacity: 4)
    let isNews = connection.narrowPath(to: 1_360, &ranges, at: .epoch)
    #expect(isNews)
    #expect(connection.snd.mss == 1_348)
    _ = connection.append(TextRun(source: TextSource(0), offset: 0, stride: 65_536, length: 4_000))
    let segments = connection.segments(&ranges)
    #expect(segments.map(\.textCount) == [1_348, 1_348, 1_304])
    #expect(segments.allSatisfy { $0.options.byteCount == 12 })
  }
}
