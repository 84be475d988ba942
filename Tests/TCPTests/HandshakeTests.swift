import TestKit
import Testing

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
}
