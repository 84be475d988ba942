import TestKit
import Testing

/// Segments that a correct peer would not send now: guesses, leftovers, attacks (RFC 9293 §3.10.7.4, RFC 5961).
struct ChallengeTests {
  @Test func `A reset with the exact number ends the connection`() throws {
    try PacketScript.established(
      "+0 < R 1:1(0) win 0\n+0 reset\n+0 connections 0\n+1 < . 1:1(0) ack 1 win 100\n+0 > R 1:1(0)"
    ).run()
  }

  @Test func `A reset behind text that was read ends the connection too`() throws {
    try PacketScript.established("+0 < P. 1:101(100) ack 1 win 9\n+0 < R. 101:101(0) ack 1 win 0\n+0 reset").run()
  }

  @Test(arguments: [2, 100, 16_384])
  func `A reset elsewhere in the window is challenged`(number: Int) throws {
    try PacketScript.established(
      """
      +0 < R \(number):\(number)(0) win 0
      +0 > . 1:1(0) ack 1 win 16384
      +0 state established
      +.1 < R 1:1(0) win 0
      +0 reset
      """
    ).run()
  }

  @Test(arguments: [0, -1_000, 16_385, 100_000])
  func `A reset outside the window is ignored`(number: Int) throws {
    try PacketScript.established(
      "+0 < R \(number):\(number)(0) win 0\n+1 expect nothing\n+0 state established"
    ).run()
  }

  @Test(arguments: [0, 1, 500, 100_000])
  func `A SYN is challenged, wherever it lies`(number: Int) throws {
    try PacketScript.established(
      """
      +0 < S \(number):\(number)(0) win 65535 <mss 1460>
      +0 > . 1:1(0) ack 1 win 16384
      +0 state established
      """
    ).run()
  }

  @Test func `A peer that has started anew answers the challenge with a reset`() throws {
    try PacketScript.established(
      """
      +9 < S 90000:90000(0) win 65535 <mss 1460>
      +0 > . 1:1(0) ack 1 win 16384
      +0 < R 1:1(0) win 0
      +0 reset
      +1 < S 90000:90000(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 90001 win 16384 <mss 1460>
      """
    ).run()
  }

  @Test func `Whoever asks whether we are still there is answered, however many forge segments`() throws {
    try PacketScript.established(
      """
      +0 < S 500:500(0) win 65535 <mss 1460>
      +0 expect nothing
      +.5 < . 0:0(0) ack 1 win 65535
      +0 > . 1:1(0) ack 1
      """, configure: { $0.mostChallenges = 0 }
    ).run()
  }

  @Test func `What comes to a handshake takes nobody's challenges away`() throws {
    try PacketScript.established(
      """
      +0 port 2000 < S 0:0(0) win 65535 <mss 1460>
      +0 port 2000 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 port 2000 < . 90000:90010(10) ack 1 win 65535
      +0 port 2000 > . 1:1(0) ack 1
      +0 port 2000 < . 90000:90010(10) ack 1 win 65535
      +0 expect nothing
      +0 < S 500:500(0) win 65535 <mss 1460>
      +0 > . 1:1(0) ack 1
      """, configure: { $0.mostChallenges = 1 }
    ).run()
  }

  @Test func `A segment without ACK is dropped`() throws {
    try PacketScript.established("+0 < P 1:101(100) win 65535\n+1 expect nothing\n+0 read-so-far 0").run()
  }

  @Test func `An acknowledgment of what was never sent is challenged, and its text is not read`() throws {
    try PacketScript.established(
      """
      +0 < P. 1:101(100) ack 2 win 65535
      +0 > . 1:1(0) ack 1 win 16384
      +0 read-so-far 0
      """
    ).run()
  }

  @Test func `An acknowledgment older than the largest window is challenged`() throws {
    try PacketScript.established(
      """
      +0 < P. 1:101(100) ack -1000 win 1000
      +0 > . 1:1(0) ack 1 win 16384
      +1 < P. 1:101(100) ack -999 win 1000
      +.04 > . 1:1(0) ack 101
      """, window: 1_000
    ).run()
  }

  @Test func `Text outside the window is answered with an acknowledgment`() throws {
    try PacketScript.established(
      """
      +0 < P. 20000:20100(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1 win 16384
      +0 < P. -99:1(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1 win 16384
      +0 < P. 20000:20100(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1 win 16384
      """
    ).run()
  }

  @Test func `Text that covers the window from outside is read`() throws {
    try PacketScript.established("+0 < P. -99:101(200) ack 1 win 65535\n+0 read-so-far 100\n+.04 > . 1:1(0) ack 101")
      .run()
  }

  @Test func `Acknowledgments that nobody can use are answered twice a second at most`() throws {
    try PacketScript.established(
      """
      +0 < . 90000:90000(0) ack 1 win 65535
      +0 > . 1:1(0) ack 1 win 16384
      +.001 < . 90000:90000(0) ack 1 win 65535
      +.001 < . 90000:90000(0) ack 1 win 65535
      +.497 < S 90000:90000(0) win 65535 <mss 1460>
      +.001 < . 90000:90000(0) ack 1 win 65535
      +0 > . 1:1(0) ack 1 win 16384
      +.1 < R 100:100(0) win 0
      +.1 expect nothing
      """
    ).run()
  }
}
