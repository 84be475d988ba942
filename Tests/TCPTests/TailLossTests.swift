import TestKit
import Testing

/// Tail loss probes (RFC 8985 §7).
struct TailLossTests {
  /// A connection with a round trip of 10 ms.
  static func script(_ lines: String, window: Int = 65_535) -> PacketScript {
    .selective(lines, window: window, after: ".01")
  }

  @Test func `A single segment is tried again after two round trips and the peer's delay`() throws {
    // 2 × 10 ms + 3 ms + 45 ms.
    try TailLossTests.script(
      """
      +0 write 1000
      +0 > P. 1:1001(1000) ack 1
      +.068 > P. 1:1001(1000) ack 1
      +0 phase none
      +0 cwnd 14600
      """
    ).run()
  }

  @Test func `Of several segments the last is tried after two round trips`() throws {
    try TailLossTests.script(
      """
      +0 write 3000
      +0 > . 1:1461(1460) ack 1
      +0 > . 1461:2921(1460) ack 1
      +0 > P. 2921:3001(80) ack 1
      +.023 > P. 2921:3001(80) ack 1
      """
    ).run()
  }

  @Test func `A probe is followed by the time-out, which is whole again`() throws {
    try TailLossTests.script(
      """
      +0 write 1000
      +0 > P. 1:1001(1000) ack 1
      +.068 > P. 1:1001(1000) ack 1
      +.2 > P. 1:1001(1000) ack 1
      +0 phase timedOut
      +.4 > P. 1:1001(1000) ack 1
      """
    ).run()
  }

  @Test func `A peer without selective acknowledgments is not probed`() throws {
    try PacketScript.established(
      """
      +0 write 3000
      +0 > . 1:1461(1460) ack 1
      +0 > . 1461:2921(1460) ack 1
      +0 > P. 2921:3001(80) ack 1
      +.2 > . 1:1461(1460) ack 1
      """, after: ".01"
    ).run()
  }

  @Test func `Before any round trip was measured a probe waits for the time-out`() throws {
    try PacketScript(
      """
      +0 < S 0:0(0) win 65535 <mss 1460,nop,nop,sackOK>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460,nop,nop,sackOK>
      +1 > S. 0:0(0) ack 1 win 16384 <mss 1460,nop,nop,sackOK>
      +0 < . 1:1(0) ack 1 win 65535
      +0 opened
      +0 srtt none
      +0 write 1000
      +0 > P. 1:1001(1000) ack 1
      +1 > P. 1:1001(1000) ack 1
      +0 phase none
      """
    ).run()
  }

  @Test func `New text is a better probe than old, even beyond the window`() throws {
    try TailLossTests.script(
      "+0 write 20000\n" + PacketScript.flight(0..<10)
        + """
        +.023 > . 14601:16061(1460) ack 1
        +0 flight 16060
        """
    ).run()
  }

  @Test func `The peer's window holds for probes, too`() throws {
    try TailLossTests.script(
      """
      +0 write 4380
      +0 > . 1:1461(1460) ack 1
      +0 > . 1461:2921(1460) ack 1
      +.023 > . 1461:2921(1460) ack 1
      """, window: 2_920
    ).run()
  }

  @Test func `The probe shows what else is lost`() throws {
    try TailLossTests.script(
      """
      +0 write 5000
      +0 > . 1:1461(1460) ack 1
      +0 > . 1461:2921(1460) ack 1
      +0 > . 2921:4381(1460) ack 1
      +0 > P. 4381:5001(620) ack 1
      +.023 > P. 4381:5001(620) ack 1
      +.01 < . 1:1(0) ack 1461 win 65535 <nop,nop,sack 4381:5001>
      +0 > . 1461:2921(1460) ack 1
      +0 > . 2921:4381(1460) ack 1
      +.01 < . 1:1(0) ack 5001 win 65535
      +0 phase none
      """
    ).run()
  }

  @Test func `A probe that arrived twice has cost nothing`() throws {
    try TailLossTests.script(
      """
      +0 write 1000
      +0 > P. 1:1001(1000) ack 1
      +.068 > P. 1:1001(1000) ack 1
      +.001 < . 1:1(0) ack 1001 win 65535
      +.01 < . 1:1(0) ack 1001 win 65535 <nop,nop,sack 1:1001>
      +0 write 1000
      +0 > P. 1001:2001(1000) ack 1
      +.01 < . 1:1(0) ack 2001 win 65535
      +0 cwnd 14600
      +0 ssthresh 4294967295
      """
    ).run()
  }

  @Test func `A probe that repaired a loss brings the window down`() throws {
    try TailLossTests.script(
      """
      +0 write 1000
      +0 > P. 1:1001(1000) ack 1
      +.068 > P. 1:1001(1000) ack 1
      +.01 < . 1:1(0) ack 1001 win 65535
      +0 cwnd 14600
      +0 write 1000
      +0 > P. 1001:2001(1000) ack 1
      +.01 < . 1:1(0) ack 2001 win 65535
      +0 ssthresh 2920
      """
    ).run()
  }

  @Test func `New text as a probe is no reason to bring the window down`() throws {
    try TailLossTests.script(
      "+0 write 20000\n" + PacketScript.flight(0..<10)
        + """
        +.023 > . 14601:16061(1460) ack 1
        +.001 < . 1:1(0) ack 16061 win 65535
        +0 > . 16061:17521(1460) ack 1
        +0 > . 17521:18981(1460) ack 1
        +0 > P. 18981:20001(1020) ack 1
        +.01 < . 1:1(0) ack 20001 win 65535
        +0 ssthresh 4294967295
        """
    ).run()
  }

  @Test func `There is one probe in a flight`() throws {
    try TailLossTests.script(
      """
      +0 write 3000
      +0 > . 1:1461(1460) ack 1
      +0 > . 1461:2921(1460) ack 1
      +0 > P. 2921:3001(80) ack 1
      +.023 > P. 2921:3001(80) ack 1
      +.2 > . 1:1461(1460) ack 1
      """
    ).run()
  }

  @Test func `A FIN alone is probed, too`() throws {
    try TailLossTests.script(
      """
      +0 close
      +0 > F. 1:1(0) ack 1
      +.068 > F. 1:1(0) ack 1
      +.01 < . 1:1(0) ack 2 win 65535
      +0 state finWait2
      """
    ).run()
  }

  @Test func `An acknowledgment of a part begins the wait anew`() throws {
    try TailLossTests.script(
      """
      +0 write 4380
      +0 > . 1:1461(1460) ack 1
      +0 > . 1461:2921(1460) ack 1
      +0 > P. 2921:4381(1460) ack 1
      +.01 < . 1:1(0) ack 1461 win 65535
      +.023 > P. 2921:4381(1460) ack 1
      """
    ).run()
  }

  @Test func `A tail of too many pieces for one frame is no probe, and its acknowledgment no loss`() throws {
    try TailLossTests.script(
      """
      +0 write 300
      +0 > P. 1:301(300) ack 1
      +.01 < . 1:1(0) ack 301 win 65535
      +0 write 100
      +0 write 100
      +0 write 100
      +0 write 100
      +0 write 100
      +0 write 100
      +0 write 100
      +0 write 100
      +0 > . 301:701(400) ack 1
      +0 > P. 701:1101(400) ack 1
      +.15 expect nothing
      +0 < . 1:1(0) ack 1101 win 65535
      +0 write 1000
      +0 > P. 1101:2101(1000) ack 1
      +.01 < . 1:1(0) ack 2101 win 65535
      +0 cwnd 14600
      """
    ).run()
  }
}
