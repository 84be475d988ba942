import TestKit
import Testing

/// When text is acknowledged: an arrival leaves an obligation, and whatever leaves next fulfils it (RFC 9293 §3.8.6.3).
struct AcknowledgmentTests {
  @Test func `The acknowledgment of a request rides on the first text of the answer`() throws {
    try PacketScript.established(
      """
      +0 < P. 1:101(100) ack 1 win 65535
      +0 write 1000
      +0 > P. 1:1001(1000) ack 101 win 16284
      +.1 < . 101:101(0) ack 1001 win 65535
      +1 expect nothing
      +0 pure-acks 0
      """
    ).run()
  }

  @Test func `A small document costs three packets of the server`() throws {
    try PacketScript(
      """
      +0 < S 0:0(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +.02 < P. 1:101(100) ack 1 win 65535
      +0 opened
      +0 write 1000
      +0 close
      +0 > FP. 1:1001(1000) ack 101
      +.02 < F. 101:101(0) ack 1002 win 65535
      +0 > . 1002:1002(0) ack 102
      +0 peer closed
      +0 time-wait
      """
    ).run()
  }

  @Test func `An acknowledgment that nothing carries leaves alone after 40 ms`() throws {
    try PacketScript.established(
      """
      +0 < P. 1:101(100) ack 1 win 65535
      +.039 expect nothing
      +.001 > . 1:1(0) ack 101 win 16284
      +1 expect nothing
      +0 pure-acks 1
      """
    ).run()
  }

  @Test func `Text within 40 ms takes the acknowledgment along`() throws {
    try PacketScript.established(
      """
      +0 < P. 1:101(100) ack 1 win 65535
      +.03 write 10
      +0 > P. 1:11(10) ack 101
      +.1 < . 101:101(0) ack 11 win 65535
      +.1 expect nothing
      """
    ).run()
  }

  @Test func `A second segment is acknowledged at once`() throws {
    try PacketScript.established(
      """
      +0 < . 1:1461(1460) ack 1 win 65535
      +0 < P. 1461:1561(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1561
      +0 < P. 1561:1661(100) ack 1 win 65535
      +.04 > . 1:1(0) ack 1661
      """
    ).run()
  }

  @Test func `A FIN is acknowledged at once`() throws {
    try PacketScript.established("+0 < F. 1:1(0) ack 1 win 65535\n+0 > . 1:1(0) ack 2").run()
  }

  @Test func `The FIN and its answer share a segment`() throws {
    try PacketScript.established(
      """
      +0 < FP. 1:101(100) ack 1 win 65535
      +0 peer closed
      +0 write 10
      +0 close
      +0 > FP. 1:11(10) ack 102
      +0 < . 102:102(0) ack 12 win 65535
      +0 closed
      """
    ).run()
  }

  @Test func `Text that was here before is acknowledged at once`() throws {
    try PacketScript.established(
      """
      +0 < P. 1:101(100) ack 1 win 65535
      +.04 > . 1:1(0) ack 101
      +.2 < P. 1:101(100) ack 1 win 65535
      +0 > . 1:1(0) ack 101
      """
    ).run()
  }

  @Test func `Of text that was partly here before only the new part is read`() throws {
    try PacketScript.established(
      """
      +0 < P. 1:101(100) ack 1 win 65535
      +.04 > . 1:1(0) ack 101
      +0 < P. 51:151(100) ack 1 win 65535
      +0 read-so-far 150
      +.04 > . 1:1(0) ack 151
      """
    ).run()
  }

  @Test func `An acknowledgment without text is not acknowledged`() throws {
    try PacketScript.established("+0 < . 1:1(0) ack 1 win 65535\n+1 expect nothing").run()
  }

  @Test func `Several requests are acknowledged by the answer to the first`() throws {
    try PacketScript.established(
      """
      +0 < P. 1:101(100) ack 1 win 65535
      +0 < P. 101:201(100) ack 1 win 65535
      +0 > . 1:1(0) ack 201
      +0 write 100
      +0 write 100
      +0 > P. 1:201(200) ack 201
      """
    ).run()
  }

  @Test func `Without merging, the acknowledgment leaves before the answer`() throws {
    try PacketScript.established(
      """
      +0 < P. 1:101(100) ack 1 win 65535
      +0 write 1000
      +0 > . 1:1(0) ack 101
      +0 > P. 1:1001(1000) ack 101
      """
    ) { $0.mergesAcknowledgments = false }.run()
  }

  @Test func `Without merging, an acknowledgment does not wait`() throws {
    try PacketScript.established("+0 < P. 1:101(100) ack 1 win 65535\n+0 > . 1:1(0) ack 101") {
      $0.mergesAcknowledgments = false
    }.run()
  }

  @Test func `A keep-alive probe is answered`() throws {
    try PacketScript.established(
      """
      +30 < . 0:0(0) ack 1 win 65535
      +0 > . 1:1(0) ack 1 win 16384
      +30 < . 0:1(1) ack 1 win 65535
      +0 > . 1:1(0) ack 1 win 16384
      """
    ).run()
  }
}
