import TCP
import Testing
import Time

/// RFC 6298 by numbers.
struct RetransmissionTimeoutTests {
  @Test func `Before any measurement the time-out is a second`() {
    let timeout = RetransmissionTimeout()
    #expect(timeout.interval == .seconds(1))
    #expect(timeout.smoothed == nil)
  }

  @Test func `The first round trip counts three times`() {
    var timeout = RetransmissionTimeout()
    timeout.measure(.milliseconds(400))
    #expect(timeout.smoothed == .milliseconds(400))
    #expect(timeout.variation == .milliseconds(200))
    #expect(timeout.interval == .milliseconds(1_200))
  }

  @Test func `Each further one moves the mean by an eighth and the variation by a quarter`() {
    var timeout = RetransmissionTimeout()
    timeout.measure(.milliseconds(400))
    timeout.measure(.milliseconds(800))
    #expect(timeout.smoothed == .milliseconds(450))
    #expect(timeout.variation == .milliseconds(250))
    #expect(timeout.interval == .milliseconds(1_450))
    timeout.measure(.milliseconds(50))
    #expect(timeout.smoothed == .milliseconds(400))
    #expect(timeout.variation == .microseconds(287_500))
  }

  @Test func `The time-out is never below 200 milliseconds and never above a minute`() {
    var timeout = RetransmissionTimeout()
    timeout.measure(.zero)
    #expect(timeout.interval == .milliseconds(200))
    timeout = RetransmissionTimeout()
    timeout.measure(.seconds(500))
    #expect(timeout.interval == .seconds(60))
    timeout.backOff()
    #expect(timeout.interval == .seconds(60))
  }

  @Test func `Each expiry doubles the time-out, and a measurement takes that back`() {
    var timeout = RetransmissionTimeout()
    timeout.measure(.milliseconds(100))
    let intervals = (0..<12).map { _ in
      timeout.backOff()
      return timeout.interval.milliseconds
    }
    #expect(intervals == [600, 1_200, 2_400, 4_800, 9_600, 19_200, 38_400, 60_000, 60_000, 60_000, 60_000, 60_000])
    for _ in 0..<1_000 { timeout.backOff() }
    #expect(timeout.interval == .seconds(60))
    timeout.measure(.milliseconds(100))
    #expect(timeout.interval.milliseconds == 250)
  }

  @Test func `The back-off of probes can be taken back without a measurement`() {
    var timeout = RetransmissionTimeout()
    timeout.backOff()
    #expect(timeout.interval == .seconds(2))
    timeout.forgetBackOff()
    #expect(timeout.interval == .seconds(1))
  }

  @Test func `A steady round trip brings the time-out close to it`() {
    var timeout = RetransmissionTimeout()
    for _ in 0..<200 { timeout.measure(.milliseconds(500)) }
    #expect(timeout.smoothed == .milliseconds(500))
    #expect(timeout.interval >= .milliseconds(501) && timeout.interval < .milliseconds(502))
  }
}
