import TestKit
import Testing
import Wire

/// Opening a connection, from LISTEN to ESTABLISHED (RFC 9293 §3.10.7.2, §3.10.7.4).
struct HandshakeTests {
  @Test func `A SYN is answered, and its acknowledgment opens the connection`() throws {
    try PacketScript(
      """
      +0 < S 0:0(0) win 32792 <mss 1460,nop,wscale 7>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460,nop,wscale 0>
      +0 half-open 1
      +.1 < . 1:1(0) ack 1 win 257
      +0 opened
      +0 state established
      +0 snd.wnd 32896
      +0 half-open 0
      +0 connections 1
      """
    ).run()
  }

  @Test func `A peer that offers no window scale is offered none`() throws {
    try PacketScript(
      """
      +0 < S 0:0(0) win 5000 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 < . 1:1(0) ack 1 win 5000
      +0 snd.wnd 5000
      """
    ).run()
  }

  @Test func `Options that this host does not speak are not answered`() throws {
    try PacketScript(
      """
      +0 < S 0:0(0) win 5000 <mss 1400,sackOK,TS val 7 ecr 0,nop,wscale 2>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460,nop,nop,sackOK,nop,wscale 0>
      """
    ).run()
  }

  @Test func `A peer that names no MSS is sent segments of 536 bytes`() throws {
    try PacketScript(
      """
      +0 < S 0:0(0) win 5000
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 < . 1:1(0) ack 1 win 5000
      +0 cwnd 5360
      +0 write 1000
      +0 > . 1:537(536) ack 1
      +0 > P. 537:1001(464) ack 1
      """
    ).over(.ipv4).run()
  }

  @Test func `Over IPv6 such a peer is sent segments of 1,220 bytes`() throws {
    try PacketScript(
      """
      +0 < S 0:0(0) win 5000
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 < . 1:1(0) ack 1 win 5000
      +0 cwnd 12200
      +0 write 2000
      +0 > . 1:1221(1220) ack 1
      +0 > P. 1221:2001(780) ack 1
      """
    ).over(.ipv6).run()
  }

  @Test func `A peer that takes more than the link does is sent what the link takes`() throws {
    try PacketScript(
      """
      +0 < S 0:0(0) win 65535 <mss 9000>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 < . 1:1(0) ack 1 win 65535
      +0 write 2000
      +0 > . 1:1461(1460) ack 1
      +0 > P. 1461:2001(540) ack 1
      """
    ).run()
  }

  @Test func `A peer that asks for absurdly small segments is sent 88 bytes`() throws {
    try PacketScript(
      """
      +0 < S 0:0(0) win 65535 <mss 1>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 < . 1:1(0) ack 1 win 65535
      +0 write 100
      +0 > . 1:89(88) ack 1
      +0 > P. 89:101(12) ack 1
      """
    ).run()
  }

  @Test func `A window scale above 14 is taken for 14`() throws {
    try PacketScript(
      """
      +0 < S 0:0(0) win 65535 <mss 1460,nop,wscale 15>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460,nop,wscale 0>
      +0 < . 1:1(0) ack 1 win 3
      +0 snd.wnd 49152
      """
    ).run()
  }

  @Test func `An unanswered SYN-ACK is sent again with growing pauses, and forgotten after a minute`() throws {
    try PacketScript(
      """
      +0 < S 0:0(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +1 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +2 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +4 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +8 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +16 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +31.9 half-open 1
      +.2 half-open 0
      +0 retransmissions 5
      +0 < . 1:1(0) ack 1 win 65535
      +0 > R 1:1(0)
      """
    ).run()
  }

  @Test func `A SYN that comes again is answered again`() throws {
    try PacketScript(
      """
      +0 < S 0:0(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +.5 < S 0:0(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 half-open 1
      +.1 < . 1:1(0) ack 1 win 65535
      +0 opened
      """
    ).run()
  }

  @Test func `The round trip of a SYN-ACK that was sent once is measured`() throws {
    try PacketScript.established("+0 srtt 300\n+0 rto 900", after: ".3").run()
  }

  @Test func `The round trip of a SYN-ACK that was sent twice is not measured`() throws {
    try PacketScript(
      """
      +0 < S 0:0(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +1 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +.1 < . 1:1(0) ack 1 win 65535
      +0 srtt none
      +0 rto 1000
      """
    ).run()
  }

  @Test func `Nor is that of one that was sent twice because the SYN was`() throws {
    try PacketScript(
      """
      +0 < S 0:0(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +.999 < S 0:0(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 < . 1:1(0) ack 1 win 65535
      +0 srtt none
      """
    ).run()
  }

  @Test func `A handshake that lost more than one segment begins with a window of one`() throws {
    try PacketScript(
      """
      +0 < S 0:0(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +1 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +2 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 < . 1:1(0) ack 1 win 65535
      +0 cwnd 1460
      """
    ).run()
  }

  @Test func `Text on the last acknowledgment of the handshake is not lost`() throws {
    try PacketScript(
      """
      +0 < S 0:0(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 < P. 1:101(100) ack 1 win 65535
      +0 opened
      +0 read-so-far 100
      +0 write 10
      +0 > P. 1:11(10) ack 101
      """
    ).run()
  }

  @Test func `Text may come where the last acknowledgment of the handshake was lost`() throws {
    try PacketScript(
      """
      +0 < S 0:0(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 < P. 101:201(100) ack 1 win 65535
      +0 opened
      +0 > . 1:1(0) ack 1
      +0 < P. 1:101(100) ack 1 win 65535
      +0 > . 1:1(0) ack 201
      +0 read-so-far 200
      """
    ).run()
  }

  @Test func `A FIN on the last acknowledgment of the handshake closes the peer's side`() throws {
    try PacketScript(
      """
      +0 < S 0:0(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 < F. 1:1(0) ack 1 win 65535
      +0 opened
      +0 peer closed
      +0 state closeWait
      +0 > . 1:1(0) ack 2
      """
    ).run()
  }

  @Test func `Text on a SYN is left to be sent again`() throws {
    try PacketScript(
      """
      +0 < S 0:100(100) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 < P. 1:101(100) ack 1 win 65535
      +.04 > . 1:1(0) ack 101
      """
    ).run()
  }
}
