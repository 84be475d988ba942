import TestKit
import Testing

/// The peer's window: full, small, closed, shrunk (RFC 9293 §3.8.6).
struct WindowTests {
  @Test func `No more leaves than the window holds`() throws {
    try PacketScript.established(
      """
      +0 write 5000
      +0 > . 1:1461(1460) ack 1
      +0 > . 1461:2921(1460) ack 1
      +.1 < . 1:1(0) ack 1461 win 4380
      +0 > . 2921:4381(1460) ack 1
      +0 > P. 4381:5001(620) ack 1
      """, window: 2_920
    ).run()
  }

  @Test func `An old segment does not change the window`() throws {
    try PacketScript.established(
      """
      +0 < . 1:101(100) ack 1 win 5000
      +0 snd.wnd 5000
      +.04 > . 1:1(0) ack 101
      +0 < . 1:101(100) ack 1 win 9000
      +0 > . 1:1(0) ack 101
      +0 snd.wnd 5000
      """
    ).run()
  }

  @Test func `A closed window is probed with one byte, again and again`() throws {
    try PacketScript.established(
      """
      +0 write 5000
      +.2 > . 1:2(1) ack 1
      +0 < . 1:1(0) ack 1 win 0
      +.4 > . 1:2(1) ack 1
      +0 < . 1:1(0) ack 1 win 0
      +.8 > . 1:2(1) ack 1
      +0 < . 1:1(0) ack 1 win 0
      +1.6 > . 1:2(1) ack 1
      """, window: 0
    ).run()
  }

  @Test func `A peer that keeps its window closed is given up after some minutes`() throws {
    let (script, pause) = WindowTests.refusedProbes
    try PacketScript.established(script + "+\(pause + 0.002) timed out\n+0 connections 0", window: 0).run()
  }

  @Test func `A window that opens late begins the minutes anew`() throws {
    let script = WindowTests.refusedProbes.script
    try PacketScript.established(
      script + """
        +30 < . 1:1(0) ack 1 win 65535
        +0 cwnd 14600
        +0 > P. 1:101(100) ack 1
        +.2 > P. 1:101(100) ack 1
        +.4 > P. 1:101(100) ack 1
        +.8 > P. 1:101(100) ack 1
        +1.6 > P. 1:101(100) ack 1
        +3.2 > P. 1:101(100) ack 1
        +.1 < . 1:1(0) ack 101 win 65535
        +0 state established
        """, window: 0
    ).run()
  }

  /// Probes of more than four minutes, to which the peer answers that its window is closed, and how long the next is off.
  static var refusedProbes: (script: String, pause: Double) {
    var pause = 0.2
    var script = "+0 write 100\n"
    for _ in 0..<12 {
      script += "+\(pause) > . 1:2(1) ack 1\n+0 < . 1:1(0) ack 1 win 0\n"
      pause = min(pause * 2, 60)
    }
    return (script, pause)
  }

  @Test func `A peer that does not answer probes is given up`() throws {
    var pause = 0.2
    var script = "+0 write 5000\n"
    for _ in 0..<12 {
      script += "+\(pause) > . 1:2(1) ack 1\n"
      pause = min(pause * 2, 60)
    }
    script += "+\(pause + 0.002) timed out\n"
    try PacketScript.established(script, window: 0).run()
  }

  @Test func `Answers to probes are not taken for a loss`() throws {
    let probe = { (pause: String) in "+\(pause) > . 1:2(1) ack 1\n+.001 < . 1:1(0) ack 1 win 0\n" }
    try PacketScript.established(
      "+0 write 5000\n" + probe(".2") + probe(".399") + probe(".799") + probe("1.599") + probe("3.199")
        + """
        +.1 expect nothing
        +0 recovering false
        +0 cwnd 14600
        +0 < . 1:1(0) ack 1 win 65535
        +0 > . 1:1461(1460) ack 1
        +0 > . 1461:2921(1460) ack 1
        +0 > . 2921:4381(1460) ack 1
        +0 > P. 4381:5001(620) ack 1
        """, window: 0
    ).run()
  }

  @Test func `A probe that was taken moves the window's left edge`() throws {
    try PacketScript.established(
      """
      +0 write 5000
      +.2 > . 1:2(1) ack 1
      +.1 < . 1:1(0) ack 2 win 0
      +.1 expect nothing
      +0 queued 4999
      +.1 < . 1:1(0) ack 2 win 1460
      +0 > . 2:1462(1460) ack 1
      """, window: 0
    ).run()
  }

  @Test func `A window that opens is used at once, and the path has not got worse for it`() throws {
    try PacketScript.established(
      """
      +0 write 2000
      +.2 > . 1:2(1) ack 1
      +0 < . 1:1(0) ack 1 win 0
      +.1 < . 1:1(0) ack 1 win 65535
      +0 > . 1:1461(1460) ack 1
      +0 > P. 1461:2001(540) ack 1
      +0 rto 200
      +0 cwnd 14600
      """, window: 0
    ).run()
  }

  @Test func `A window that closes on text in flight is waited for`() throws {
    try PacketScript.established(
      """
      +0 write 6000
      +0 > . 1:1461(1460) ack 1
      +0 > . 1461:2921(1460) ack 1
      +.1 < . 1:1(0) ack 2921 win 0
      +.25 > . 2921:2922(1) ack 1
      +.1 < . 1:1(0) ack 2921 win 2920
      +0 > . 2921:4381(1460) ack 1
      +0 > . 4381:5841(1460) ack 1
      """, window: 2_920, after: ".1"
    ).run()
  }

  @Test func `An acknowledgment behind a probe that was refused is one the peer accepts`() throws {
    try PacketScript.established(
      """
      +0 write 5000
      +.2 > . 1:2(1) ack 1
      +0 < . 1:1(0) ack 1 win 0
      +.1 < P. 1:101(100) ack 1 win 0
      +.04 > . 1:1(0) ack 101
      """, window: 0
    ).run()
  }

  @Test func `A reset behind a probe that was refused is one the peer accepts`() throws {
    try PacketScript.established(
      """
      +0 write 5000
      +.2 > . 1:2(1) ack 1
      +0 < . 1:1(0) ack 1 win 0
      +0 abort
      +0 > R. 1:1(0) ack 1 win 0
      """, window: 0
    ).run()
  }

  @Test func `A window too small for a segment is not used for a while`() throws {
    try PacketScript.established(
      """
      +0 write 5000
      +0 > . 1:1461(1460) ack 1
      +.1 < . 1:1(0) ack 1461 win 300
      +.25 > . 1461:1761(300) ack 1
      +.1 < . 1:1(0) ack 1761 win 2000
      +0 > . 1761:3221(1460) ack 1
      """, window: 2_000, after: ".1"
    ).run()
  }

  @Test func `A probe that opens a silly window is not a loss`() throws {
    try PacketScript.established(
      """
      +0 write 9000
      +0 > . 1:1461(1460) ack 1
      +0 > . 1461:2921(1460) ack 1
      +.1 < . 1:1(0) ack 2921 win 0
      +.25 > . 2921:2922(1) ack 1
      +.1 < . 1:1(0) ack 2921 win 300
      +.25 > . 2921:3221(300) ack 1
      +0 cwnd 14600
      +.1 < . 1:1(0) ack 3221 win 2920
      +0 > . 3221:4681(1460) ack 1
      +0 > . 4681:6141(1460) ack 1
      """, window: 2_920, after: ".1"
    ).run()
  }

  @Test func `Half of the largest window ever offered is worth a segment`() throws {
    try PacketScript.established(
      """
      +0 write 5000
      +0 > . 1:1001(1000) ack 1
      +.1 < . 1:1(0) ack 1001 win 500
      +0 > . 1001:1501(500) ack 1
      """, window: 1_000
    ).run()
  }

  @Test func `What is left of a window behind text in flight is not worth a segment`() throws {
    try PacketScript.established(
      """
      +0 write 5000
      +0 > . 1:1461(1460) ack 1
      +.1 expect nothing
      +0 < . 1:1(0) ack 1461 win 2000
      +0 > . 1461:2921(1460) ack 1
      """, window: 2_000
    ).run()
  }

  @Test func `The last text leaves into a small window if it fits`() throws {
    try PacketScript.established(
      """
      +0 write 1660
      +0 > . 1:1461(1460) ack 1
      +.1 < . 1:1(0) ack 1461 win 200
      +0 > P. 1461:1661(200) ack 1
      """, window: 1_500
    ).run()
  }

  @Test func `A peer that takes back a part of its window is sent what still fits`() throws {
    try PacketScript.established(
      """
      +0 write 8760
      +0 > . 1:1461(1460) ack 1
      +0 > . 1461:2921(1460) ack 1
      +0 > . 2921:4381(1460) ack 1
      +0 > . 4381:5841(1460) ack 1
      +.1 < . 1:1(0) ack 1461 win 1460
      +.25 > . 1461:2921(1460) ack 1
      +.1 < . 1:1(0) ack 2921 win 2920
      +0 > . 2921:4381(1460) ack 1
      +0 > . 4381:5841(1460) ack 1
      """, window: 5_840, after: ".1"
    ).run()
  }

  /// A peer with the first of four segments takes its window back, and is probed.
  private static let takenBack =
    "+0 write 5840\n" + PacketScript.flight(0..<4, last: 5_841) + """
      +.1 < . 1:1(0) ack 1461 win 0
      +.25 > . 1461:1462(1) ack 1
      +.1 < . 1:1(0) ack 1461 win 0
      +.4 > . 1461:1462(1) ack 1

      """

  @Test func `A peer that takes back all of its window is probed`() throws {
    try PacketScript.established(
      WindowTests.takenBack + """
        +.1 < . 1:1(0) ack 1461 win 5840
        +0 > . 1461:2921(1460) ack 1
        +.1 < . 1:1(0) ack 5841 win 5840
        +0 queued 0
        """, window: 5_840, after: ".1"
    ).run()
  }

  @Test func `The round trip of a byte that was sent before it became a probe is not measured`() throws {
    try PacketScript.established(
      WindowTests.takenBack + """
        +.1 < . 1:1(0) ack 1462 win 5840
        +0 > . 1462:2922(1460) ack 1
        +0 > . 2922:4382(1460) ack 1
        +0 srtt 100
        """, window: 5_840, after: ".1"
    ).run()
  }
}
