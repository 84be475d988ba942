import TestKit
import Testing

/// Time-outs (RFC 6298, RFC 5681 §3.1, RFC 9293 §3.8.3).
struct RetransmissionTests {
  @Test func `Text that is not acknowledged is sent again with growing pauses`() throws {
    try PacketScript.established(
      """
      +0 write 100
      +0 > P. 1:101(100) ack 1
      +.2 > P. 1:101(100) ack 1
      +.4 > P. 1:101(100) ack 1
      +.8 > P. 1:101(100) ack 1
      +1.6 > P. 1:101(100) ack 1
      +.1 < . 1:1(0) ack 101 win 65535
      +0 queued 0
      +60 expect nothing
      +0 retransmissions 4
      """
    ).run()
  }

  @Test func `The time-out is the smoothed round trip and four times its variation`() throws {
    try PacketScript.established(
      """
      +0 srtt 100
      +0 rto 300
      +0 write 100
      +0 > P. 1:101(100) ack 1
      +.3 > P. 1:101(100) ack 1
      """, after: ".1"
    ).run()
  }

  @Test func `The round trip of text that was sent twice is not measured`() throws {
    try PacketScript.established(
      """
      +0 write 100
      +0 > P. 1:101(100) ack 1
      +.2 > P. 1:101(100) ack 1
      +.3 < . 1:1(0) ack 101 win 65535
      +0 srtt 0
      """
    ).run()
  }

  @Test func `The time-out stays long until a round trip is measured`() throws {
    try PacketScript.established(
      """
      +0 write 100
      +0 > P. 1:101(100) ack 1
      +.2 > P. 1:101(100) ack 1
      +.4 > P. 1:101(100) ack 1
      +.1 < . 1:1(0) ack 101 win 65535
      +0 rto 800
      +0 write 100
      +0 > P. 101:201(100) ack 1
      +.1 < . 1:1(0) ack 201 win 65535
      +0 rto 200
      """
    ).run()
  }

  @Test func `A round trip that has grown beyond the time-out is learned`() throws {
    try PacketScript.established(
      """
      +0 write 100
      +0 > P. 1:101(100) ack 1
      +.2 > P. 1:101(100) ack 1
      +.2 < . 1:1(0) ack 101 win 65535
      +.2 < . 1:1(0) ack 101 win 65535
      +0 write 100
      +0 > P. 101:201(100) ack 1
      +.399 < . 1:1(0) ack 201 win 65535
      +0 srtt 49
      +0 write 100
      +0 > P. 201:301(100) ack 1
      +.4 < . 1:1(0) ack 301 win 65535
      +0 retransmissions 1
      """
    ).run()
  }

  @Test func `A time-out takes everything in flight for lost, and begins with one segment`() throws {
    try PacketScript.established(
      """
      +0 write 5840
      +0 > . 1:1461(1460) ack 1
      +0 > . 1461:2921(1460) ack 1
      +0 > . 2921:4381(1460) ack 1
      +0 > P. 4381:5841(1460) ack 1
      +.2 > . 1:1461(1460) ack 1
      +0 cwnd 1460
      +0 ssthresh 2920
      +.1 < . 1:1(0) ack 1461 win 65535
      +0 cwnd 2920
      +0 > . 1461:2921(1460) ack 1
      +0 > . 2921:4381(1460) ack 1
      +.1 < . 1:1(0) ack 4381 win 65535
      +0 > P. 4381:5841(1460) ack 1
      """
    ).run()
  }

  @Test func `What had arrived is not sent again`() throws {
    try PacketScript.established(
      """
      +0 write 5840
      +0 > . 1:1461(1460) ack 1
      +0 > . 1461:2921(1460) ack 1
      +0 > . 2921:4381(1460) ack 1
      +0 > P. 4381:5841(1460) ack 1
      +.2 > . 1:1461(1460) ack 1
      +.1 < . 1:1(0) ack 5841 win 65535
      +0 queued 0
      +1 expect nothing
      """
    ).run()
  }

  @Test func `A second time-out of the same text keeps the threshold`() throws {
    try PacketScript.established(
      """
      +0 write 14600
      \(RetransmissionTests.flight(10))
      +.2 > . 1:1461(1460) ack 1
      +0 ssthresh 7300
      +.4 > . 1:1461(1460) ack 1
      +0 ssthresh 7300
      +0 cwnd 1460
      """
    ).run()
  }

  /// So many full segments from the first on; the last has PSH.
  static func flight(_ count: Int) -> String {
    (0..<count).map { index in
      "+0 > \(index == count - 1 ? "P" : ""). \(1 + index * 1460):\(1461 + index * 1460)(1460) ack 1"
    }.joined(separator: "\n")
  }

  @Test func `A connection whose peer is silent is given up after some minutes`() throws {
    var pause = 0.2
    var script = "+0 write 100\n+0 > P. 1:101(100) ack 1\n"
    for _ in 0..<12 {
      script += "+\(pause) > P. 1:101(100) ack 1\n"
      pause = min(pause * 2, 60)
    }
    try PacketScript.established(script + "+\(pause + 0.002) timed out\n+0 connections 0").run()
  }

  @Test func `A peer that acknowledges nothing new is given up all the same`() throws {
    var pause = 0.2
    var script = "+0 write 100\n+0 > P. 1:101(100) ack 1\n"
    for _ in 0..<12 {
      script += "+\(pause) > P. 1:101(100) ack 1\n+0 < . 1:1(0) ack 1 win 65535\n"
      pause = min(pause * 2, 60)
    }
    try PacketScript.established(script + "+\(pause + 0.002) timed out\n+0 connections 0").run()
  }

  @Test func `A byte that is acknowledged keeps the connection for another five minutes`() throws {
    var pause = 0.2
    var script = "+0 write 100\n+0 > P. 1:101(100) ack 1\n"
    for _ in 0..<12 {
      script += "+\(pause) > P. 1:101(100) ack 1\n"
      pause = min(pause * 2, 60)
    }
    script += "+1 < . 1:1(0) ack 2 win 65535\n"
    for _ in 0..<4 { script += "+60 > P. 2:101(99) ack 1\n" }
    try PacketScript.established(script + "+1 < . 1:1(0) ack 101 win 65535\n+0 state established").run()
  }

  @Test func `A lost FIN is sent again`() throws {
    try PacketScript.established(
      """
      +0 close
      +0 > F. 1:1(0) ack 1
      +.2 > F. 1:1(0) ack 1
      +.4 > F. 1:1(0) ack 1
      +.1 < . 1:1(0) ack 2 win 65535
      +0 state finWait2
      """
    ).run()
  }

  @Test func `A FIN that shared a segment with text is sent again with it`() throws {
    try PacketScript.established(
      """
      +0 write 2000
      +0 close
      +0 > . 1:1461(1460) ack 1
      +0 > FP. 1461:2001(540) ack 1
      +.1 < . 1:1(0) ack 1461 win 65535
      +.2 > FP. 1461:2001(540) ack 1
      +.1 < . 1:1(0) ack 2002 win 65535
      +0 state finWait2
      """
    ).run()
  }

  @Test func `A FIN that was not sent yet joins the text that is sent again`() throws {
    try PacketScript.established(
      """
      +0 write 100
      +0 > P. 1:101(100) ack 1
      +0 close
      +0 > F. 101:101(0) ack 1
      +.2 > FP. 1:101(100) ack 1
      +.1 < . 1:1(0) ack 102 win 65535
      +0 state finWait2
      """
    ).run()
  }

  @Test func `Text that was appended since is sent along`() throws {
    try PacketScript.established(
      """
      +0 write 100
      +0 > P. 1:101(100) ack 1
      +.1 write 200
      +0 > P. 101:301(200) ack 1
      +.1 > P. 1:301(300) ack 1
      +.1 < . 1:1(0) ack 301 win 65535
      """
    ).run()
  }

  @Test func `A partial segment is sent again though more text was announced`() throws {
    try PacketScript.established(
      """
      +0 write 500
      +0 > P. 1:501(500) ack 1
      +0 write 100 more
      +.2 > . 1:501(500) ack 1
      +.1 < . 1:1(0) ack 501 win 65535
      +1 expect nothing
      +0 write 100
      +0 > P. 501:701(200) ack 1
      """
    ).run()
  }

  @Test func `Segments that are sent again are cut anew to the window`() throws {
    try PacketScript.established(
      """
      +0 write 2920
      +0 > . 1:1461(1460) ack 1
      +0 > P. 1461:2921(1460) ack 1
      +.1 < . 1:1(0) ack 501 win 1000
      +.2 > . 501:1501(1000) ack 1
      +.1 < . 1:1(0) ack 1501 win 1420
      +0 > P. 1501:2921(1420) ack 1
      +.1 < . 1:1(0) ack 2921 win 1500
      """, window: 2_000 + 920
    ).run()
  }

  @Test func `The acknowledgment that is owed rides on what is sent again`() throws {
    try PacketScript.established(
      """
      +0 write 100
      +0 > P. 1:101(100) ack 1
      +.19 < P. 1:51(50) ack 1 win 65535
      +.01 > P. 1:101(100) ack 51
      +.1 expect nothing
      """
    ).run()
  }
}
