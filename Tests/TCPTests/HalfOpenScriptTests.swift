import TestKit
import Testing

/// What a segment does to a connection in SYN-RECEIVED (RFC 9293 §3.10.7.4, RFC 5961).
struct HalfOpenScriptTests {
  /// A handshake that waits for its acknowledgment, and then these lines.
  static func waiting(_ lines: String) -> PacketScript {
    PacketScript("+0 < S 0:0(0) win 9000 <mss 1460>\n+0 > S. 0:0(0) ack 1 win 16384 <mss 1460>\n" + lines)
  }

  @Test(arguments: [0, 2, 1_000, -1])
  func `A wrong acknowledgment is reset, and the handshake goes on`(number: Int) throws {
    try HalfOpenScriptTests.waiting(
      """
      +0 < . 1:1(0) ack \(number) win 9000
      +0 > R \(number):\(number)(0)
      +0 half-open 1
      +0 < . 1:1(0) ack 1 win 9000
      +0 opened
      """
    ).run()
  }

  @Test func `A reset with the exact number ends the handshake`() throws {
    try HalfOpenScriptTests.waiting("+0 < R 1:1(0) win 0\n+2 expect nothing\n+0 half-open 0").run()
  }

  @Test func `A reset with another number of the window is challenged`() throws {
    try HalfOpenScriptTests.waiting("+0 < R 2:2(0) win 0\n+0 > . 1:1(0) ack 1 win 16384\n+0 half-open 1").run()
  }

  @Test(arguments: [-10, 0, 16_385])
  func `A reset outside the window is ignored`(number: Int) throws {
    try HalfOpenScriptTests.waiting("+0 < R \(number):\(number)(0) win 0\n+.5 expect nothing\n+0 half-open 1").run()
  }

  @Test func `A SYN with another number is challenged, and its answer clears the way`() throws {
    try HalfOpenScriptTests.waiting(
      """
      +.1 < S 70000:70000(0) win 9000 <mss 1460>
      +0 > . 1:1(0) ack 1 win 16384
      +0 < R 1:1(0) win 0
      +0 half-open 0
      +.5 < S 70000:70000(0) win 9000 <mss 1460>
      +0 > S. 0:0(0) ack 70001 win 16384 <mss 1460>
      +0 < . 70001:70001(0) ack 1 win 9000
      +0 opened
      """
    ).run()
  }

  @Test func `A SYN inside the window is challenged`() throws {
    try HalfOpenScriptTests.waiting("+.1 < S 100:100(0) win 9000 <mss 1460>\n+0 > . 1:1(0) ack 1 win 16384").run()
  }

  @Test(arguments: [0, 16_385])
  func `An acknowledgment outside the window is answered with one`(number: Int) throws {
    try HalfOpenScriptTests.waiting(
      """
      +0 < . \(number):\(number)(0) ack 1 win 9000
      +0 > . 1:1(0) ack 1 win 16384
      +0 half-open 1
      """
    ).run()
  }

  @Test func `Text without an acknowledgment is dropped`() throws {
    try HalfOpenScriptTests.waiting("+0 < P 1:101(100) win 9000\n+.5 expect nothing\n+0 half-open 1").run()
  }
}
