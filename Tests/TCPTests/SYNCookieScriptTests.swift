import TestKit
import Testing

/// A host without a place for another handshake, and what strangers can have it send.
struct SYNCookieScriptTests {
  /// A host that remembers no handshake, and then these lines.
  static func flooded(
    _ lines: String, backlog: Int = 0, configure: (inout BenchConfiguration) -> Void = { _ in }
  ) -> PacketScript {
    PacketScript(
      lines,
      configure: { configuration in
        configuration.backlog = backlog
        configure(&configuration)
      })
  }

  @Test func `A SYN is answered though nothing can be remembered, and its acknowledgment opens the connection`() throws
  {
    try SYNCookieScriptTests.flooded(
      """
      +0 < S 0:0(0) win 65535 <mss 1400,nop,nop,sackOK,nop,wscale 7>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460,nop,nop,sackOK,nop,wscale 0>
      +0 half-open 0
      +.1 < . 1:1(0) ack 1 win 500
      +0 opened
      +0 snd.wnd 64000
      +0 srtt none
      +0 write 2000
      +0 > . 1:1401(1400) ack 1
      +0 > P. 1401:2001(600) ack 1
      """
    ).run()
  }

  @Test func `The request may be the first that comes`() throws {
    try SYNCookieScriptTests.flooded(
      """
      +0 < S 0:0(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +.1 < P. 1:101(100) ack 1 win 65535
      +0 opened
      +0 read-so-far 100
      +0 write 10
      +0 > P. 1:11(10) ack 101
      """
    ).run()
  }

  @Test func `A SYN that comes again gets the same answer`() throws {
    try SYNCookieScriptTests.flooded(
      """
      +0 < S 0:0(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 < S 0:0(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      """
    ).run()
  }

  @Test func `A cookie is not sent again by itself`() throws {
    try SYNCookieScriptTests.flooded(
      """
      +0 < S 0:0(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +63 expect nothing
      +0 < . 1:1(0) ack 1 win 65535
      +0 opened
      """
    ).run()
  }

  @Test(arguments: [0, 2, 1_000])
  func `Another acknowledgment opens nothing`(number: Int) throws {
    try SYNCookieScriptTests.flooded(
      """
      +0 < S 0:0(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +.1 < . 1:1(0) ack \(number) win 65535
      +0 > R \(number):\(number)(0)
      +0 connections 0
      """
    ).run()
  }

  @Test func `A reset for a cookie opens nothing, and is not answered`() throws {
    try SYNCookieScriptTests.flooded(
      """
      +0 < S 0:0(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +.1 < R. 1:1(0) ack 1 win 0
      +.5 expect nothing
      +0 connections 0
      """
    ).run()
  }

  @Test func `An old cookie is worth nothing`() throws {
    try SYNCookieScriptTests.flooded(
      """
      +0 < S 0:0(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +129 < . 1:1(0) ack 1 win 65535
      +0 > R 1:1(0)
      """
    ).run()
  }

  @Test func `Without a place for a connection a SYN is dropped`() throws {
    try SYNCookieScriptTests.flooded(
      "+0 < S 0:0(0) win 65535 <mss 1460>\n+3 expect nothing\n+0 syns-dropped 1",
      configure: { $0.mostConnections = 0 }
    ).run()
  }

  @Test func `Handshakes are remembered as long as there is a place`() throws {
    try SYNCookieScriptTests.flooded(
      """
      +0 < S 0:0(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 half-open 1
      +0 port 40001 < S 0:0(0) win 65535 <mss 1460>
      +0 port 40001 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 half-open 1
      +0 port 40001 < . 1:1(0) ack 1 win 65535
      +0 port 40001 opened
      +0 < . 1:1(0) ack 1 win 65535
      +0 opened
      """, backlog: 1
    ).run()
  }

  @Test func `Segments for nobody are reset so many times a second, and no more`() throws {
    let one = "+0 < . 1:1(0) ack 1 win 65535\n+0 > R 1:1(0)\n"
    let none = "+0 < . 1:1(0) ack 1 win 65535\n+0 expect nothing\n"
    try PacketScript(
      one + none + none + "+1 < . 1:1(0) ack 1 win 65535\n+0 > R 1:1(0)\n+0 resets 2",
      configure: { $0.mostResets = 1 }
    ).run()
  }

  @Test func `Challenges of all connections together are limited`() throws {
    let lines = (40_000...40_003).map { port in
      """
      +0 port \(port) < S 0:0(0) win 65535 <mss 1460>
      +0 port \(port) > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 port \(port) < . 1:1(0) ack 1 win 65535
      +0 port \(port) opened
      """
    }
    try PacketScript(
      lines.joined(separator: "\n") + """

        +0 port 40000 < S 100:100(0) win 65535 <mss 1460>
        +0 port 40000 > . 1:1(0) ack 1
        +0 port 40001 < R 100:100(0) win 0
        +.1 expect nothing
        +0 port 40002 < S 100:100(0) win 65535 <mss 1460>
        +.1 expect nothing
        +0 port 40003 < . 1:1(0) ack 900000 win 65535
        +.1 expect nothing
        +1 port 40003 < R 100:100(0) win 0
        +0 port 40003 > . 1:1(0) ack 1
        """,
      configure: { $0.mostChallenges = 1 }
    ).run()
  }
}
