import TestKit
import Testing

/// What does not open a connection (RFC 9293 §3.10.7.1, §3.10.7.2; RFC 4987).
struct ListenTests {
  @Test func `An acknowledgment of nothing is reset with the number it names`() throws {
    try PacketScript("+0 < . 1:1(0) ack 77 win 100\n+0 > R 77:77(0)").run()
  }

  @Test func `Text for nobody is reset`() throws {
    try PacketScript("+0 < P. 1:101(100) ack 77 win 100\n+0 > R 77:77(0)").run()
  }

  @Test func `A SYN with an acknowledgment is reset`() throws {
    try PacketScript("+0 < S. 0:0(0) ack 77 win 100 <mss 1460>\n+0 > R 77:77(0)").run()
  }

  @Test(arguments: ["R 1:1(0)", "R. 1:1(0) ack 1", "RP. 1:11(10) ack 1"])
  func `A reset for nobody is not answered`(segment: String) throws {
    try PacketScript("+0 < \(segment) win 0\n+1 expect nothing").run()
  }

  @Test(arguments: ["F 1:1(0)", "P 1:11(10)"])
  func `What neither opens nor acknowledges anything is dropped`(segment: String) throws {
    try PacketScript("+0 < \(segment) win 100\n+1 expect nothing").run()
  }

  @Test func `A SYN with FIN is dropped`() throws {
    try PacketScript("+0 < SF 0:0(0) win 100 <mss 1460>\n+1 expect nothing\n+0 drops 1").run()
  }

  @Test func `A full backlog answers a SYN all the same and never resets it`() throws {
    try PacketScript(
      """
      +0 port 1 < S 0:0(0) win 65535 <mss 1460>
      +0 port 1 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 port 2 < S 0:0(0) win 65535 <mss 1460>
      +0 port 2 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 port 3 < S 0:0(0) win 65535 <mss 1460>
      +0 port 3 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 half-open 2
      +0 syns-dropped 0
      +0 port 1 < . 1:1(0) ack 1 win 65535
      +0 port 1 opened
      +0 port 3 < S 0:0(0) win 65535 <mss 1460>
      +0 port 3 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 half-open 2
      """
    ) { $0.backlog = 2 }.run()
  }

  @Test func `A full connection table drops a SYN`() throws {
    try PacketScript(
      """
      +0 port 1 < S 0:0(0) win 65535 <mss 1460>
      +0 port 1 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 port 1 < . 1:1(0) ack 1 win 65535
      +0 port 1 opened
      +0 port 2 < S 0:0(0) win 65535 <mss 1460>
      +1 expect nothing
      +0 syns-dropped 1
      """
    ) { $0.mostConnections = 1 }.run()
  }

  @Test func `A handshake that finds no place stays half open until there is one`() throws {
    try PacketScript(
      """
      +0 port 1 < S 0:0(0) win 65535 <mss 1460>
      +0 port 1 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 port 2 < S 0:0(0) win 65535 <mss 1460>
      +0 port 2 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +.1 port 1 < . 1:1(0) ack 1 win 65535
      +0 port 1 opened
      +0 port 2 < . 1:1(0) ack 1 win 65535
      +0 half-open 1
      +0 connections 1
      +0 port 1 < R 1:1(0) win 0
      +0 port 1 reset
      +.9 port 2 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 port 2 < P. 1:101(100) ack 1 win 65535
      +0 port 2 opened
      +.04 port 2 > . 1:1(0) ack 101
      """
    ) { $0.mostConnections = 1 }.run()
  }

  @Test func `Two connections of one peer do not mix`() throws {
    try PacketScript(
      """
      +0 port 1 < S 0:0(0) win 65535 <mss 1460>
      +0 port 1 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 port 2 < S 0:0(0) win 1000 <mss 500>
      +0 port 2 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 port 2 < P. 1:11(10) ack 1 win 1000
      +0 port 2 opened
      +0 port 1 < P. 1:21(20) ack 1 win 65535
      +0 port 1 opened
      +0 port 1 write 600
      +0 port 2 write 600
      +0 port 1 > P. 1:601(600) ack 21
      +0 port 2 > . 1:501(500) ack 11
      +0 port 2 > P. 501:601(100) ack 11
      """
    ).run()
  }
}
