import TCP
import TestKit
import Testing

/// Silent peers are asked whether they are still there (RFC 9293 §3.8.4).
struct KeepAliveTests {
  /// A host that asks after a minute, three times, ten seconds apart.
  private static func probing(_ text: String, window: Int = 65_535) -> PacketScript {
    .established(text, window: window) {
      $0.keepAlive = KeepAlive(idleSeconds: 60, pauseSeconds: 10, mostProbes: 3)
    }
  }

  @Test func `Nobody is asked unless the host is told to`() throws {
    try PacketScript.established("+36000 expect nothing").run()
  }

  @Test func `The peer is asked with a number that it has acknowledged`() throws {
    try KeepAliveTests.probing(
      """
      +60 > . 0:0(0) ack 1
      +.1 < . 1:1(0) ack 1 win 65535
      +60 > . 0:0(0) ack 1
      +.1 < . 1:1(0) ack 1 win 65535
      +0 retransmissions 0
      +0 state established
      """
    ).run()
  }

  @Test func `A peer that does not answer is given up`() throws {
    try KeepAliveTests.probing(
      """
      +60 > . 0:0(0) ack 1
      +10 > . 0:0(0) ack 1
      +10 > . 0:0(0) ack 1
      +9.9 state established
      +.2 timed out
      +0 connections 0
      """
    ).run()
  }

  @Test func `Each answer begins the count anew`() throws {
    try KeepAliveTests.probing(
      """
      +60 > . 0:0(0) ack 1
      +10 > . 0:0(0) ack 1
      +10 > . 0:0(0) ack 1
      +9 < . 1:1(0) ack 1 win 65535
      +60 > . 0:0(0) ack 1
      +10 > . 0:0(0) ack 1
      +10 > . 0:0(0) ack 1
      +10.002 timed out
      """
    ).run()
  }

  @Test func `Text of the peer counts as a sign of life`() throws {
    try KeepAliveTests.probing(
      """
      +50 < P. 1:101(100) ack 1 win 65535
      +.04 > . 1:1(0) ack 101
      +59.96 > . 0:0(0) ack 101
      """
    ).run()
  }

  @Test func `The time counts from the last acknowledgment`() throws {
    try KeepAliveTests.probing(
      """
      +50 write 100
      +0 > P. 1:101(100) ack 1
      +.1 < . 1:1(0) ack 101 win 65535
      +60 > . 100:100(0) ack 1
      """
    ).run()
  }

  @Test func `Text that is in flight, or waits for a window, needs no other probe`() throws {
    try KeepAliveTests.probing(
      """
      +0 write 100
      +.2 > . 1:2(1) ack 1
      +.1 < . 1:1(0) ack 1 win 0
      +.3 > . 1:2(1) ack 1
      +.1 < . 1:1(0) ack 1 win 65535
      +0 > P. 1:101(100) ack 1
      +.2 > P. 1:101(100) ack 1
      +.1 < . 1:1(0) ack 101 win 65535
      +60 > . 100:100(0) ack 1
      """, window: 0
    ).run()
  }

  @Test func `Text that waits for more of it is nothing that the peer could acknowledge`() throws {
    try KeepAliveTests.probing(
      """
      +59 write 100 more
      +1 > . 0:0(0) ack 1
      +.1 < . 1:1(0) ack 1 win 65535
      +0 write 100
      +0 > P. 1:201(200) ack 1
      """
    ).run()
  }

  @Test func `A reset answers for a peer that has forgotten the connection`() throws {
    try KeepAliveTests.probing(
      """
      +60 > . 0:0(0) ack 1
      +.1 < R 1:1(0)
      +0 reset
      """
    ).run()
  }

  @Test func `Such a question of the peer is answered`() throws {
    try PacketScript.established(
      """
      +60 < . 0:0(0) ack 1 win 65535
      +0 > . 1:1(0) ack 1
      +60 < . 0:1(1) ack 1 win 65535
      +0 > . 1:1(0) ack 1
      """
    ).run()
  }
}
