import TestKit
import Testing

/// What the peer is told of its own text that arrived ahead of a gap, or twice (RFC 2018, RFC 2883).
struct SelectiveReceiverTests {
  @Test func `Text behind a gap is reported at once`() throws {
    try PacketScript.selective(
      """
      +0 < . 101:201(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1 <nop,nop,sack 101:201>
      """
    ).run()
  }

  @Test func `A peer that did not ask for it is not told`() throws {
    try PacketScript.established(
      """
      +0 < . 101:201(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1
      +0 < . 101:201(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1
      """
    ).run()
  }

  @Test func `The stretch that arrived last is reported first`() throws {
    try PacketScript.selective(
      """
      +0 < . 101:201(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1 <nop,nop,sack 101:201>
      +0 < . 301:401(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1 <nop,nop,sack 301:401 101:201>
      +0 < . 501:601(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1 <nop,nop,sack 501:601 101:201 301:401>
      +0 < . 401:451(50) ack 1 win 65535
      +0 > . 1:1(0) ack 1 <nop,nop,sack 301:451 101:201 501:601>
      """
    ).run()
  }

  @Test func `Stretches that meet become one`() throws {
    try PacketScript.selective(
      """
      +0 < . 101:201(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1 <nop,nop,sack 101:201>
      +0 < . 301:401(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1 <nop,nop,sack 301:401 101:201>
      +0 < . 201:301(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1 <nop,nop,sack 101:401>
      """
    ).run()
  }

  @Test func `The report ends when the gap is closed`() throws {
    try PacketScript.selective(
      """
      +0 < . 101:201(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1 <nop,nop,sack 101:201>
      +0 < . 1:101(100) ack 1 win 65535
      +0 > . 1:1(0) ack 201
      """
    ).run()
  }

  @Test func `One gap of two is closed, and the other still reported`() throws {
    try PacketScript.selective(
      """
      +0 < . 101:201(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1 <nop,nop,sack 101:201>
      +0 < . 301:401(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1 <nop,nop,sack 301:401 101:201>
      +0 < . 1:101(100) ack 1 win 65535
      +0 > . 1:1(0) ack 201 <nop,nop,sack 301:401>
      """
    ).run()
  }

  @Test func `A fourth stretch is reported, a fifth is not kept`() throws {
    try PacketScript.selective(
      """
      +0 < . 101:111(10) ack 1 win 65535
      +0 > . 1:1(0) ack 1 <nop,nop,sack 101:111>
      +0 < . 201:211(10) ack 1 win 65535
      +0 > . 1:1(0) ack 1 <nop,nop,sack 201:211 101:111>
      +0 < . 301:311(10) ack 1 win 65535
      +0 > . 1:1(0) ack 1 <nop,nop,sack 301:311 101:111 201:211>
      +0 < . 401:411(10) ack 1 win 65535
      +0 > . 1:1(0) ack 1 <nop,nop,sack 401:411 101:111 201:211 301:311>
      +0 < . 501:511(10) ack 1 win 65535
      +0 > . 1:1(0) ack 1 <nop,nop,sack 101:111 201:211 301:311 401:411>
      """
    ).run()
  }

  @Test func `Text that was acknowledged and comes again is reported once`() throws {
    try PacketScript.selective(
      """
      +0 < . 1:101(100) ack 1 win 65535
      +.04 > . 1:1(0) ack 101
      +0 < . 1:101(100) ack 1 win 65535
      +0 > . 1:1(0) ack 101 <nop,nop,sack 1:101>
      +0 < . 201:301(100) ack 1 win 65535
      +0 > . 1:1(0) ack 101 <nop,nop,sack 201:301>
      """
    ).run()
  }

  @Test func `Text behind a gap that comes again is reported before its stretch`() throws {
    try PacketScript.selective(
      """
      +0 < . 101:201(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1 <nop,nop,sack 101:201>
      +0 < . 121:141(20) ack 1 win 65535
      +0 > . 1:1(0) ack 1 <nop,nop,sack 121:141 101:201>
      """
    ).run()
  }

  @Test func `A report does not ride on text, which could become too long by it`() throws {
    try PacketScript.selective(
      """
      +0 < . 101:201(100) ack 1 win 65535
      +0 write 100
      +0 > . 1:1(0) ack 1 <nop,nop,sack 101:201>
      +0 > P. 1:101(100) ack 1
      """
    ).run()
  }
}
