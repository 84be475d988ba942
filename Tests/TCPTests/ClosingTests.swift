import TestKit
import Testing

/// Both sides close, in every order (RFC 9293 §3.6).
struct ClosingTests {
  @Test func `The host closes first and remembers it for a minute`() throws {
    try PacketScript.established(
      """
      +0 close
      +0 > F. 1:1(0) ack 1
      +0 state finWait1
      +.1 < . 1:1(0) ack 2 win 65535
      +0 state finWait2
      +.1 < F. 1:1(0) ack 2 win 65535
      +0 peer closed
      +0 time-wait
      +0 > . 2:2(0) ack 2
      +0 connections 0
      +0 time-waits 1
      +59.9 time-waits 1
      +.2 time-waits 0
      """
    ).run()
  }

  @Test func `The peer's acknowledgment and FIN may share a segment`() throws {
    try PacketScript.established(
      """
      +0 close
      +0 > F. 1:1(0) ack 1
      +.1 < F. 1:1(0) ack 2 win 65535
      +0 peer closed
      +0 time-wait
      +0 > . 2:2(0) ack 2
      """
    ).run()
  }

  @Test func `The peer closes first, and nothing has to be remembered`() throws {
    try PacketScript.established(
      """
      +0 < F. 1:1(0) ack 1 win 65535
      +0 peer closed
      +0 state closeWait
      +0 > . 1:1(0) ack 2
      +0 close
      +0 state lastAck
      +0 > F. 1:1(0) ack 2
      +.1 < . 2:2(0) ack 2 win 65535
      +0 closed
      +0 connections 0
      +0 time-waits 0
      """
    ).run()
  }

  @Test func `Both close at once`() throws {
    try PacketScript.established(
      """
      +0 close
      +0 > F. 1:1(0) ack 1
      +.1 < F. 1:1(0) ack 1 win 65535
      +0 peer closed
      +0 state closing
      +0 > . 2:2(0) ack 2
      +.1 < . 2:2(0) ack 2 win 65535
      +0 time-wait
      +0 time-waits 1
      """
    ).run()
  }

  @Test func `A FIN that waits behind text is sent from LAST-ACK when the peer closes first`() throws {
    try PacketScript.established(
      """
      +0 write 3000
      +0 close
      +0 > . 1:1461(1460) ack 1
      +0 state finWait1
      +.1 < F. 1:1(0) ack 1461 win 1460
      +0 peer closed
      +0 state lastAck
      +0 > . 1461:2921(1460) ack 2
      +.1 < . 2:2(0) ack 2921 win 1460
      +0 > FP. 2921:3001(80) ack 2
      +.1 < . 2:2(0) ack 3002 win 1460
      +0 closed
      +0 time-waits 0
      """, window: 1_460
    ).run()
  }

  @Test func `A peer that has closed is still sent text`() throws {
    try PacketScript.established(
      """
      +0 < FP. 1:101(100) ack 1 win 65535
      +0 peer closed
      +0 > . 1:1(0) ack 102
      +.1 write 2000
      +0 > . 1:1461(1460) ack 102
      +0 > P. 1461:2001(540) ack 102
      +.1 < . 102:102(0) ack 2001 win 65535
      +1 write 10
      +0 close
      +0 > FP. 2001:2011(10) ack 102
      +.1 < . 102:102(0) ack 2012 win 65535
      +0 closed
      """
    ).run()
  }

  @Test func `A host that has closed still reads text`() throws {
    try PacketScript.established(
      """
      +0 close
      +0 > F. 1:1(0) ack 1
      +.1 < . 1:1(0) ack 2 win 65535
      +1 < P. 1:101(100) ack 2 win 65535
      +0 read-so-far 100
      +.04 > . 2:2(0) ack 101
      +1 < F. 101:101(0) ack 2 win 65535
      +0 peer closed
      +0 time-wait
      +0 > . 2:2(0) ack 102
      """
    ).run()
  }

  @Test func `A peer that never closes is given up after a minute`() throws {
    try PacketScript.established(
      """
      +0 close
      +0 > F. 1:1(0) ack 1
      +.1 < . 1:1(0) ack 2 win 65535
      +59.9 connections 1
      +.2 timed out
      +0 connections 0
      +1 < P. 1:101(100) ack 2 win 65535
      +0 > R 2:2(0)
      """
    ).run()
  }

  @Test func `The FIN rides on the last text`() throws {
    try PacketScript.established(
      """
      +0 write 2000
      +0 close
      +0 > . 1:1461(1460) ack 1
      +0 > FP. 1461:2001(540) ack 1
      """
    ).run()
  }

  @Test func `A FIN behind text that has left is a segment of its own`() throws {
    try PacketScript.established("+0 write 20\n+0 > P. 1:21(20) ack 1\n+0 close\n+0 > F. 21:21(0) ack 1").run()
  }

  @Test func `A FIN is sent though the window is closed`() throws {
    try PacketScript.established(
      """
      +0 close
      +0 > F. 1:1(0) ack 1
      +.1 < . 1:1(0) ack 2 win 0
      +0 state finWait2
      """, window: 0
    ).run()
  }

  @Test func `A FIN that the peer cuts off with its window is sent again alone`() throws {
    try PacketScript.established(
      """
      +0 write 1000
      +0 close
      +0 > FP. 1:1001(1000) ack 1
      +.1 < . 1:1(0) ack 1001 win 0
      +0 queued 0
      +.2 > F. 1001:1001(0) ack 1
      +.1 < . 1:1(0) ack 1001 win 1000
      +.3 > F. 1001:1001(0) ack 1
      +.1 < . 1:1(0) ack 1002 win 1000
      +0 state finWait2
      """, window: 1_000
    ).run()
  }

  @Test func `A FIN behind a closed window waits for the text before it`() throws {
    try PacketScript.established(
      """
      +0 write 1
      +0 close
      +.2 > . 1:2(1) ack 1
      +.1 < . 1:1(0) ack 2 win 0
      +0 > F. 2:2(0) ack 1
      +.1 < . 1:1(0) ack 3 win 0
      +0 state finWait2
      """, window: 0
    ).run()
  }

  @Test func `The peer's FIN that comes again is acknowledged again`() throws {
    try PacketScript.established(
      """
      +0 < F. 1:1(0) ack 1 win 65535
      +0 peer closed
      +0 > . 1:1(0) ack 2
      +.2 < F. 1:1(0) ack 1 win 65535
      +0 > . 1:1(0) ack 2
      +0 state closeWait
      """
    ).run()
  }

  @Test func `Text behind the peer's FIN is not read`() throws {
    try PacketScript.established(
      """
      +0 < F. 1:1(0) ack 1 win 65535
      +0 peer closed
      +0 > . 1:1(0) ack 2
      +0 < P. 2:102(100) ack 1 win 65535
      +0 read-so-far 0
      +.1 expect nothing
      """
    ).run()
  }

  @Test func `Nothing is appended behind CLOSE`() {
    #expect(throws: TestFailure.self) { try PacketScript.established("+0 close\n+0 write 10").run() }
  }

  @Test func `CLOSE twice is CLOSE once`() throws {
    try PacketScript.established("+0 close\n+0 close\n+0 > F. 1:1(0) ack 1\n+.1 close\n+.05 expect nothing").run()
  }

  @Test func `ABORT resets with the next number`() throws {
    try PacketScript.established(
      """
      +0 write 1000
      +0 > P. 1:1001(1000) ack 1
      +0 abort
      +0 > R. 1001:1001(0) ack 1 win 0
      +0 closed
      +0 connections 0
      +1 < . 1:1(0) ack 1001 win 65535
      +0 > R 1001:1001(0)
      """
    ).run()
  }

  @Test func `ABORT after a time-out resets with a number the peer accepts`() throws {
    try PacketScript.established(
      """
      +0 write 2920
      +0 > . 1:1461(1460) ack 1
      +0 > P. 1461:2921(1460) ack 1
      +.2 > . 1:1461(1460) ack 1
      +0 abort
      +0 > R. 2921:2921(0) ack 1 win 0
      """
    ).run()
  }

  @Test func `A peer that takes nothing of what is left is given up`() throws {
    let pauses = [0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6]
    let again = pauses.map { "+\($0) > FP. 1:101(100) ack 1\n" }.joined()
    try PacketScript.established(
      "+0 write 100\n+0 close\n+0 > FP. 1:101(100) ack 1\n+.2 > FP. 1:101(100) ack 1\n" + again
        + """
        +48.9 state finWait1
        +.2 timed out
        +0 connections 0
        +0 orphans 0
        """
    ).run()
  }

  @Test func `Each byte that is taken gives the peer more time`() throws {
    try PacketScript.established(
      """
      +0 write 100
      +0 close
      +0 > . 1:51(50) ack 1
      +.1 < . 1:1(0) ack 51 win 0
      +0 orphans 1
      +.2 > . 51:52(1) ack 1
      +.4 > . 51:52(1) ack 1
      +.8 > . 51:52(1) ack 1
      +1.6 > . 51:52(1) ack 1
      +3.2 > . 51:52(1) ack 1
      +6.4 > . 51:52(1) ack 1
      +12.8 > . 51:52(1) ack 1
      +25.6 > . 51:52(1) ack 1
      +.1 < . 1:1(0) ack 52 win 0
      +51.2 > . 52:53(1) ack 1
      +47.5 state finWait1
      +1.5 timed out
      """, window: 50
    ).run()
  }

  @Test func `What both have closed is given up, too`() throws {
    try PacketScript.established(
      """
      +0 < F. 1:1(0) ack 1 win 65535
      +0 peer closed
      +0 close
      +0 > F. 1:1(0) ack 2
      +.2 > F. 1:1(0) ack 2
      +.4 > F. 1:1(0) ack 2
      +.8 > F. 1:1(0) ack 2
      +1.6 > F. 1:1(0) ack 2
      +3.2 > F. 1:1(0) ack 2
      +6.4 > F. 1:1(0) ack 2
      +12.8 > F. 1:1(0) ack 2
      +25.6 > F. 1:1(0) ack 2
      +48.9 state lastAck
      +.2 timed out
      """
    ).run()
  }

  @Test func `One connection too many that waits for its peer resets the first`() throws {
    try PacketScript.established(
      """
      +0 port 40001 < S 0:0(0) win 65535 <mss 1460>
      +0 port 40001 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 port 40001 < . 1:1(0) ack 1 win 65535
      +0 port 40001 opened
      +0 close
      +0 > F. 1:1(0) ack 1
      +0 orphans 1
      +.05 port 40001 close
      +0 port 40001 > F. 1:1(0) ack 1
      +0 > R. 2:2(0) ack 1 win 0
      +0 timed out
      +0 orphans 1
      +0 orphans-reset 1
      +.1 port 40001 < . 1:1(0) ack 2 win 65535
      +0 port 40001 state finWait2
      """
    ) { $0.mostOrphans = 1 }.run()
  }
}
