import TestKit
import Testing

/// Text that arrives out of order, and text that is not read (RFC 9293 §3.10.7.4, seventh step; RFC 5681 §4.2).
struct ReassemblyTests {
  @Test func `Text behind a gap is answered at once with the number that is missing`() throws {
    try PacketScript.established(
      """
      +0 < P. 101:201(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1 win 16384
      +0 < P. 201:301(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1 win 16384
      +0 read-so-far 0
      """
    ).run()
  }

  @Test func `What fills the gap is acknowledged at once with all that was behind it`() throws {
    try PacketScript.established(
      """
      +0 < P. 101:201(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1
      +0 < P. 1:101(100) ack 1 win 65535
      +0 read-so-far 200
      +0 > . 1:1(0) ack 201
      """
    ).run()
  }

  @Test func `Of two gaps the first can be filled without the second`() throws {
    try PacketScript.established(
      """
      +0 < P. 301:401(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1
      +0 < P. 101:201(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1
      +0 < P. 1:101(100) ack 1 win 65535
      +0 > . 1:1(0) ack 201
      +0 read-so-far 200
      +0 < P. 201:301(100) ack 1 win 65535
      +0 > . 1:1(0) ack 401
      +0 read-so-far 400
      """
    ).run()
  }

  @Test func `Text that overlaps what is there is read once`() throws {
    try PacketScript.established(
      """
      +0 < P. 101:301(200) ack 1 win 65535
      +0 > . 1:1(0) ack 1
      +0 < P. 201:401(200) ack 1 win 65535
      +0 > . 1:1(0) ack 1
      +0 < P. 1:251(250) ack 1 win 65535
      +0 > . 1:1(0) ack 401
      +0 read-so-far 400
      """
    ).run()
  }

  @Test func `A fifth stretch is dropped and comes again`() throws {
    try PacketScript.established(
      """
      +0 < . 101:201(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1
      +0 < . 301:401(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1
      +0 < . 501:601(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1
      +0 < . 701:801(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1
      +0 < . 901:1001(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1
      +0 < . 1:901(900) ack 1 win 65535
      +0 > . 1:1(0) ack 901
      +0 < . 901:1001(100) ack 1 win 65535
      +.04 > . 1:1(0) ack 1001
      +0 read-so-far 1000
      """
    ).run()
  }

  @Test func `Without a free buffer text behind a gap is dropped and comes again`() throws {
    try PacketScript.established(
      """
      +0 stop reading
      +0 < . 1:11(10) ack 1 win 65535
      +0 port 2 < S 0:0(0) win 65535 <mss 1460>
      +0 port 2 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 port 2 < . 101:201(100) ack 1 win 65535
      +0 port 2 opened
      +0 port 2 > . 1:1(0) ack 1
      +0 port 2 < . 1:101(100) ack 1 win 65535
      +.04 > . 1:1(0) ack 11
      +0 port 2 > . 1:1(0) ack 101
      +0 port 2 < . 101:201(100) ack 1 win 65535
      +.04 port 2 > . 1:1(0) ack 201
      """
    ) { $0.mostReceiveBuffers = 1 }.run()
  }

  @Test func `A FIN behind a gap waits for the gap to be filled`() throws {
    try PacketScript.established(
      """
      +0 < FP. 101:201(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1
      +0 state established
      +0 < P. 1:101(100) ack 1 win 65535
      +0 peer closed
      +0 > . 1:1(0) ack 202
      +0 read-so-far 200
      +0 state closeWait
      """
    ).run()
  }

  @Test func `A FIN whose text could not be kept is not forgotten`() throws {
    try PacketScript.established(
      """
      +0 < F. 201:201(0) ack 1 win 65535
      +0 > . 1:1(0) ack 1
      +0 < . 1:101(100) ack 1 win 65535
      +.04 > . 1:1(0) ack 101
      +0 < . 101:201(100) ack 1 win 65535
      +0 peer closed
      +0 > . 1:1(0) ack 202
      """
    ).run()
  }

  @Test func `Text behind the peer's FIN is nothing`() throws {
    try PacketScript.established(
      """
      +0 < F. 101:101(0) ack 1 win 65535
      +0 > . 1:1(0) ack 1
      +0 < . 1:201(200) ack 1 win 65535
      +0 peer closed
      +0 read-so-far 100
      +0 > . 1:1(0) ack 102
      """
    ).run()
  }

  @Test func `A FIN in the middle of what is there already is nothing`() throws {
    try PacketScript.established(
      """
      +0 < . 101:201(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1
      +0 < F. 1:151(150) ack 1 win 65535
      +0 > . 1:1(0) ack 201
      +0 read-so-far 200
      +0 state established
      +0 < F. 201:201(0) ack 1 win 65535
      +0 peer closed
      +0 > . 1:1(0) ack 202
      """
    ).run()
  }

  @Test func `Text that is not read narrows the window to nothing`() throws {
    try PacketScript.established(
      """
      +0 stop reading
      +0 < . 1:8193(8192) ack 1 win 65535
      +0 > . 1:1(0) ack 8193 win 8192
      +0 < . 8193:16385(8192) ack 1 win 65535
      +0 > . 1:1(0) ack 16385 win 0
      +0 unread 16384
      +1 < . 16385:16386(1) ack 1 win 65535
      +0 > . 1:1(0) ack 16385 win 0
      +0 unread 16384
      """
    ).run()
  }

  @Test func `Beyond the window text is cut`() throws {
    try PacketScript.established(
      """
      +0 stop reading
      +0 < . 1:16001(16000) ack 1 win 65535
      +0 > . 1:1(0) ack 16001 win 384
      +0 < P. 16001:17001(1000) ack 1 win 65535
      +.04 > . 1:1(0) ack 16385 win 0
      +0 unread 16384
      """
    ).run()
  }

  @Test func `A FIN beyond the window is cut off with its text`() throws {
    try PacketScript.established(
      """
      +0 stop reading
      +0 < . 1:16001(16000) ack 1 win 65535
      +0 > . 1:1(0) ack 16001 win 384
      +0 < F. 16001:17001(1000) ack 1 win 65535
      +0 > . 1:1(0) ack 16385 win 0
      +0 state established
      """
    ).run()
  }

  @Test func `A window that opens again is announced, in large steps only`() throws {
    try PacketScript.established(
      """
      +0 stop reading
      +0 < . 1:16385(16384) ack 1 win 65535
      +0 > . 1:1(0) ack 16385 win 0
      +0 read 4000
      +1 expect nothing
      +0 read 96
      +0 > . 1:1(0) ack 16385 win 4096
      +0 read 4096
      +.1 expect nothing
      +0 < . 16385:16485(100) ack 1 win 65535
      +.04 > . 1:1(0) ack 16485 win 8092
      """
    ).run()
  }

  @Test func `An acknowledgment counts though the window is closed`() throws {
    try PacketScript.established(
      """
      +0 stop reading
      +0 write 100
      +0 > P. 1:101(100) ack 1
      +0 < . 1:16385(16384) ack 1 win 65535
      +0 > . 101:101(0) ack 16385 win 0
      +0 < . 16385:16385(0) ack 101 win 65535
      +0 queued 0
      +0 < . 16385:16485(100) ack 101 win 65535
      +0 > . 101:101(0) ack 16385 win 0
      """
    ).run()
  }

  @Test func `A FIN in the midst of what waits behind a gap is nothing`() throws {
    try PacketScript.established(
      """
      +0 < P. 4:21(17) ack 1 win 65535
      +0 > . 1:1(0) ack 1
      +0 < F. 6:6(0) ack 1 win 65535
      +0 expect nothing
      +0 < P. 1:4(3) ack 1 win 65535
      +0 > . 1:1(0) ack 21
      +0 state established
      +0 < P. 21:31(10) ack 1 win 65535
      +0 read-so-far 30
      """
    ).run()
  }
}
