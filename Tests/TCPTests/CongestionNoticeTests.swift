import TCP
import TestKit
import Testing
import Time

/// Explicit congestion notification (RFC 3168 §6.1).
struct CongestionNoticeTests {
  /// A connection whose ends speak of congestion, with SACK, after a round trip of 100 ms.
  private static func agreed(
    _ text: String, window: Int = 65_535, algorithm: CongestionAlgorithm = .newReno,
    configure: (inout BenchConfiguration) -> Void = { _ in }
  ) -> PacketScript {
    let opening = """
      +0 < SEW 0:0(0) win \(window) <mss 1460,nop,nop,sackOK>
      +0 > SE. 0:0(0) ack 1 win 16384 <mss 1460,nop,nop,sackOK>
      +.1 < . 1:1(0) ack 1 win \(window)
      +0 opened

      """
    return PacketScript(opening + text) {
      $0.hasECN = true
      $0.congestion = algorithm
      configure(&$0)
    }
  }

  /// Lines in which marked segments of 1,460 bytes leave, numbered from 0.
  private static func flight(_ segments: Range<Int>, last: Int? = nil) -> String {
    PacketScript.flight(segments, last: last).replacing("> ", with: "> [ect0] ")
  }

  @Test func `A host that is not told to does not speak of congestion`() throws {
    try PacketScript(
      """
      +0 < SEW 0:0(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 < . 1:1(0) ack 1 win 65535
      +0 opened
      +0 write 100
      +0 > P. 1:101(100) ack 1
      +.1 < E. 1:1(0) ack 101 win 65535
      """
    ).run()
  }

  @Test(arguments: ["S", "SE", "SW"])
  func `A SYN without both flags does not ask`(flags: String) throws {
    try PacketScript(
      """
      +0 < \(flags) 0:0(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 < . 1:1(0) ack 1 win 65535
      +0 opened
      +0 write 100
      +0 > P. 1:101(100) ack 1
      +.1 < . 1:1(0) ack 101 win 65535
      """
    ) { $0.hasECN = true }.run()
  }

  @Test func `A SYN-ACK that is sent again agrees again`() throws {
    try PacketScript(
      """
      +0 < SEW 0:0(0) win 65535 <mss 1460>
      +0 > SE. 0:0(0) ack 1 win 16384 <mss 1460>
      +1 > SE. 0:0(0) ack 1 win 16384 <mss 1460>
      +.1 < . 1:1(0) ack 1 win 65535
      +0 opened
      """
    ) { $0.hasECN = true }.run()
  }

  @Test func `A SYN of ours asks, and what the SYN-ACK says counts`() throws {
    for (answer, mark) in [("SE.", "[ect0] "), ("S.", ""), ("SEW.", "")] {
      try PacketScript(
        """
        +0 connect
        +0 > SEW 0:0(0) win 16384 <mss 1460,nop,nop,sackOK,nop,wscale 0>
        +.1 < \(answer) 0:0(0) ack 1 win 65535 <mss 1460>
        +0 opened
        +0 > . 1:1(0) ack 1
        +0 write 100
        +0 > \(mark)P. 1:101(100) ack 1
        +.1 < . 1:1(0) ack 101 win 65535
        """
      ) { $0.hasECN = true }.run()
    }
  }

  @Test func `A SYN that is sent again asks no more`() throws {
    try PacketScript(
      """
      +0 connect
      +0 > SEW 0:0(0) win 16384 <mss 1460,nop,nop,sackOK,nop,wscale 0>
      +1 > S 0:0(0) win 16384 <mss 1460,nop,nop,sackOK,nop,wscale 0>
      +.1 < SE. 0:0(0) ack 1 win 65535 <mss 1460>
      +0 opened
      +0 > . 1:1(0) ack 1
      +0 write 100
      +0 > P. 1:101(100) ack 1
      +.1 < . 1:1(0) ack 101 win 65535
      """
    ) { $0.hasECN = true }.run()
  }

  @Test func `A cookie has no room for it`() throws {
    try PacketScript(
      """
      +0 < SEW 0:0(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +.1 < . 1:1(0) ack 1 win 65535
      +0 opened
      +0 write 100
      +0 > P. 1:101(100) ack 1
      +.1 < . 1:1(0) ack 101 win 65535
      """
    ) {
      $0.hasECN = true
      $0.backlog = 0
    }.run()
  }

  @Test func `New text may be marked; acknowledgments, FINs and what is sent again may not`() throws {
    try CongestionNoticeTests.agreed(
      """
      +0 < P. 1:101(100) ack 1 win 65535
      +.04 > . 1:1(0) ack 101
      +0 write 100
      +0 > [ect0] P. 1:101(100) ack 101
      +.248 > P. 1:101(100) ack 101
      +.1 < . 101:101(0) ack 101 win 65535
      +0 close
      +0 > F. 101:101(0) ack 101
      """
    ).run()
  }

  @Test func `What has met congestion is echoed until the peer says that it knows`() throws {
    try CongestionNoticeTests.agreed(
      """
      +0 < [ce] P. 1:101(100) ack 1 win 65535
      +0 > E. 1:1(0) ack 101
      +.1 < [ect0] P. 101:201(100) ack 1 win 65535
      +.04 > E. 1:1(0) ack 201
      +0 write 100
      +0 > [ect0] EP. 1:101(100) ack 201
      +.1 < [ect0] WP. 201:301(100) ack 101 win 65535
      +0 > . 101:101(0) ack 301
      +.1 < [ect0] P. 301:401(100) ack 101 win 65535
      +.04 > . 101:101(0) ack 401
      """
    ).run()
  }

  @Test func `What says that the peer knows may have met congestion itself`() throws {
    try CongestionNoticeTests.agreed(
      """
      +0 < [ce] P. 1:101(100) ack 1 win 65535
      +0 > E. 1:1(0) ack 101
      +.1 < [ce] WP. 101:201(100) ack 1 win 65535
      +.04 > E. 1:1(0) ack 201
      """
    ).run()
  }

  @Test func `A mark outside of the window tells nothing`() throws {
    try CongestionNoticeTests.agreed(
      """
      +0 < [ce] P. 90000:90100(100) ack 1 win 65535
      +0 > . 1:1(0) ack 1
      """
    ).run()
  }

  @Test func `An echo brings the window down once, and new text says so`() throws {
    try CongestionNoticeTests.agreed(
      """
      +0 write 29200
      \(CongestionNoticeTests.flight(0..<10))
      +.1 < E. 1:1(0) ack 1461 win 65535
      +0 ssthresh 7300
      +0 phase reducing
      +0 > [ect0] W. 14601:16061(1460) ack 1
      +0 < E. 1:1(0) ack 14601 win 65535
      +0 ssthresh 7300
      +0 cwnd 7300
      \(CongestionNoticeTests.flight(11..<15))
      +.1 < . 1:1(0) ack 16061 win 65535
      +0 phase none
      +0 cwnd 7300
      \(CongestionNoticeTests.flight(15..<16))
      +.1 < . 1:1(0) ack 23361 win 65535
      +0 ssthresh 7300
      \(CongestionNoticeTests.flight(16..<20, last: 29_201))
      """
    ).run()
  }

  @Test func `CUBIC keeps seven tenths of the window`() throws {
    try CongestionNoticeTests.agreed(
      """
      +0 write 14600
      \(CongestionNoticeTests.flight(0..<10, last: 14_601))
      +.1 < E. 1:1(0) ack 14601 win 65535
      +0 ssthresh 10220
      +0 cwnd 10220
      """, algorithm: .cubic
    ).run()
  }

  @Test func `An echo of what was in flight before is no news; one behind the reduction is`() throws {
    try CongestionNoticeTests.agreed(
      """
      +0 write 14600
      \(CongestionNoticeTests.flight(0..<10, last: 14_601))
      +.1 < E. 1:1(0) ack 14601 win 65535
      +0 ssthresh 7300
      +0 < E. 1:1(0) ack 14601 win 65535
      +0 ssthresh 7300
      +0 write 7300
      +0 > [ect0] W. 14601:16061(1460) ack 1
      \(CongestionNoticeTests.flight(11..<15, last: 21_901))
      +.1 < . 1:1(0) ack 16061 win 65535
      +.01 < E. 1:1(0) ack 17521 win 65535
      +0 ssthresh 3650
      """
    ).run()
  }

  @Test func `An echo that was overtaken is no news`() throws {
    try CongestionNoticeTests.agreed(
      """
      +0 write 4380
      \(CongestionNoticeTests.flight(0..<3, last: 4_381))
      +.1 < . 1:1(0) ack 4381 win 65535
      +0 < E. 1:1(0) ack 1461 win 65535
      +0 phase none
      +0 cwnd 14600
      """
    ).run()
  }

  @Test func `A loss says that the window was reduced, too`() throws {
    try CongestionNoticeTests.agreed(
      """
      +0 write 16060
      \(CongestionNoticeTests.flight(0..<10))
      +.1 < . 1:1(0) ack 1 win 65535 <sack 1461:14601>
      +0 > . 1:1461(1460) ack 1
      +0 > [ect0] WP. 14601:16061(1460) ack 1
      +.1 < . 1:1(0) ack 16061 win 65535
      """
    ).run()
  }

  @Test func `A loss behind an echo does not bring the window down again`() throws {
    try CongestionNoticeTests.agreed(
      """
      +0 write 14600
      \(CongestionNoticeTests.flight(0..<10, last: 14_601))
      +.1 < E. 1:1(0) ack 1461 win 65535
      +0 ssthresh 7300
      +0 < E. 1:1(0) ack 1461 win 65535 <sack 2921:14601>
      +0 phase repairing
      +0 > . 1461:2921(1460) ack 1
      +0 ssthresh 7300
      +.1 < . 1:1(0) ack 14601 win 65535
      +0 phase none
      +0 cwnd 7300
      """
    ).run()
  }

  @Test func `A probe of a closed window may not be marked`() throws {
    try CongestionNoticeTests.agreed(
      """
      +0 write 100
      +.3 > . 1:2(1) ack 1
      +.1 < . 1:1(0) ack 1 win 65535
      +0 > P. 1:101(100) ack 1
      +.1 < . 1:1(0) ack 101 win 65535
      """, window: 0
    ).run()
  }

  @Test func `A path that marks instead of dropping loses nothing`() throws {
    for algorithm in CongestionAlgorithm.allCases {
      var transfer = SimulatedTransfer(random: SeededRandom(exactly: 3_168))
      transfer.configuration.congestion = algorithm
      transfer.configuration.hasECN = true
      transfer.behaviour.hasECN = true
      transfer.behaviour.isSelective = true
      transfer.behaviour.answerSizes = [4_000_000]
      transfer.behaviour.scale = 7
      transfer.behaviour.capacity = 4_000_000
      transfer.outbound.bandwidth = 12_500_000
      transfer.outbound.longestQueue = .milliseconds(100)
      transfer.outbound.markingQueue = .milliseconds(20)
      (transfer.inbound.delay, transfer.outbound.delay) = (.milliseconds(10), .milliseconds(10))
      let outcome = try transfer.run()
      #expect(outcome.retransmissionCount == 0)
      #expect(outcome.reductionCount > 0)
      // The link alone takes 333 ms for it, and slow start comes before.
      #expect(outcome.duration < .milliseconds(600))
    }
  }
}
