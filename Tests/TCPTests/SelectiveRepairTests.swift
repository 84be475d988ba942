import TCP
import TestKit
import Testing

/// Recovery by what the peer says it holds (RFC 2018, RFC 6675, RFC 6937).
struct SelectiveRepairTests {
  /// Ten segments in flight of `write` bytes, a round trip of 100 ms, and then these lines.
  static func inFlight(
    _ lines: String, write: Int = 29_200, algorithm: CongestionAlgorithm = .newReno,
    configure: (inout BenchConfiguration) -> Void = { _ in }
  ) -> PacketScript {
    .selective(
      "+0 write \(write)\n" + PacketScript.flight(0..<10, last: write == 14_600 ? 14_601 : nil) + lines,
      algorithm: algorithm, configure: configure)
  }

  @Test func `More than two segments beyond a hole tell of a loss, and the first two let new text leave`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:2921>
      +0 > . 14601:16061(1460) ack 1
      +0 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:4381>
      +0 > . 16061:17521(1460) ack 1
      +0 held 2920
      +0 phase none
      +0 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:5841>
      +0 > . 1:1461(1460) ack 1
      +0 phase repairing
      +0 lost 0
      +0 held 4380
      +0 pipe 13140
      +0 ssthresh 7300
      """
    ).run()
  }

  @Test func `One acknowledgment that names three segments is as good as three`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:5841>
      +0 > . 1:1461(1460) ack 1
      +0 > . 14601:16061(1460) ack 1
      +0 phase repairing
      """
    ).run()
  }

  @Test func `All holes below what is held are repaired one after the other`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1461 win 65535 <nop,nop,sack 2921:4381 5841:7301 8761:14601>
      +0 > . 1461:2921(1460) ack 1
      +0 > . 4381:5841(1460) ack 1
      +0 > . 7301:8761(1460) ack 1
      +0 > . 14601:16061(1460) ack 1
      +0 > . 16061:17521(1460) ack 1
      +0 held 8760
      +0 lost 0
      """
    ).run()
  }

  @Test func `What is held is never sent again`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:13141>
      +0 > . 1:1461(1460) ack 1
      +0 > . 14601:16061(1460) ack 1
      +0 > . 16061:17521(1460) ack 1
      +0 > P. 17521:18981(1460) ack 1
      +.1 < . 1:1(0) ack 18981 win 65535
      +0 phase none
      """, write: 18_980
    ).run()
  }

  @Test func `Recovery ends when all that was in flight is acknowledged, with the window at the threshold`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:14601>
      +0 > . 1:1461(1460) ack 1
      +0 > . 14601:16061(1460) ack 1
      +0 > . 16061:17521(1460) ack 1
      +0 > . 17521:18981(1460) ack 1
      +0 > P. 18981:20441(1460) ack 1
      +.1 < . 1:1(0) ack 20441 win 65535
      +0 phase none
      +0 cwnd 7300
      """, write: 20_440
    ).run()
  }

  @Test func `The window comes down in proportion to what arrives`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:5841>
      +0 > . 1:1461(1460) ack 1
      +0 > . 14601:16061(1460) ack 1
      +0 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:7301>
      +0 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:8761>
      +0 > . 16061:17521(1460) ack 1
      +0 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:10221>
      +0 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:11681>
      +0 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:13141>
      +0 > . 17521:18981(1460) ack 1
      """
    ).run()
  }

  @Test func `CUBIC keeps seven tenths of the window`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:5841>
      +0 > . 1:1461(1460) ack 1
      +0 ssthresh 10220
      """, algorithm: .cubic
    ).run()
  }

  @Test func `A repair that is lost again is found by what left after it`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:14601>
      +0 > . 1:1461(1460) ack 1
      +0 > . 14601:16061(1460) ack 1
      +0 > . 16061:17521(1460) ack 1
      +0 > . 17521:18981(1460) ack 1
      +0 > P. 18981:20441(1460) ack 1
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:16061>
      +0 > . 1:1461(1460) ack 1
      +0 phase repairing
      +.003 > P. 18981:20441(1460) ack 1
      +.1 < . 1:1(0) ack 20441 win 65535
      +0 phase none
      """, write: 20_440
    ).run()
  }

  @Test func `Segments that overtook each other within one acknowledgment are no loss`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:2921>
      +0 > . 14601:16061(1460) ack 1
      +0 < . 1:1(0) ack 2921 win 65535
      +0 > . 16061:17521(1460) ack 1
      +0 > . 17521:18981(1460) ack 1
      +0 > . 18981:20441(1460) ack 1
      +0 phase none
      +0 held 0
      """
    ).run()
  }

  @Test func `Blocks that cannot be true are passed over`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1461 win 65535 <nop,nop,sack 14601:16061>
      +0 > P. 14601:14700(99) ack 1
      +0 held 0
      +0 < . 1:1(0) ack 1461 win 65535 <nop,nop,sack 4381:2921>
      +0 < . 1:1(0) ack 1461 win 65535 <nop,nop,sack 2921:2921>
      +0 < . 1:1(0) ack 1461 win 65535 <nop,nop,sack 1461:2921>
      +0 held 0
      +0 phase none
      """, write: 14_699
    ).run()
  }

  @Test func `A peer that changes its mind is sent everything again after a time-out`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:4381>
      +0 > P. 14601:14700(99) ack 1
      +0 held 2920
      +0 < . 1:1(0) ack 1461 win 65535
      +.2125 > . 1461:2921(1460) ack 1
      +0 held 0
      +0 phase timedOut
      """, write: 14_699
    ).run()
  }

  @Test func `A hole in the midst of a frame that a device cut is repaired alone`() throws {
    try PacketScript.selective(
      """
      +0 write 14600
      +0 > P. 1:14601(14600) ack 1
      +.1 < . 1:1(0) ack 2921 win 65535 <nop,nop,sack 4381:14601>
      +0 > . 2921:4381(1460) ack 1
      +.1 < . 1:1(0) ack 14601 win 65535
      +0 phase none
      """
    ) {
      $0.largestSuperSegment = 64_240
      $0.deviceFinishesChecksums = true
    }.run()
  }

  @Test func `Holes side by side leave in one frame where the device cuts it`() throws {
    try PacketScript.selective(
      """
      +0 write 14600
      +0 > P. 1:14601(14600) ack 1
      +.1 < . 1:1(0) ack 1461 win 65535 <nop,nop,sack 7301:14601>
      +0 > . 1461:7301(5840) ack 1
      +.1 < . 1:1(0) ack 14601 win 65535
      +0 phase none
      """
    ) {
      $0.largestSuperSegment = 64_240
      $0.deviceFinishesChecksums = true
    }.run()
  }

  @Test func `A hole with the FIN at its end is repaired with it`() throws {
    try PacketScript.selective(
      """
      +0 write 6000
      +0 close
      +0 > . 1:1461(1460) ack 1
      +0 > . 1461:2921(1460) ack 1
      +0 > . 2921:4381(1460) ack 1
      +0 > . 4381:5841(1460) ack 1
      +0 > FP. 5841:6001(160) ack 1
      +.1 < . 1:1(0) ack 1461 win 65535 <nop,nop,sack 2921:6002>
      +0 > . 1461:2921(1460) ack 1
      +.1 < . 1:1(0) ack 6002 win 65535
      +0 state finWait2
      """
    ).run()
  }

  @Test func `Once in a recovery the tail is tried, when nothing else may leave`() throws {
    try PacketScript.selective(
      """
      +0 write 8760
      +0 > . 1:1461(1460) ack 1
      +0 > . 1461:2921(1460) ack 1
      +0 > . 2921:4381(1460) ack 1
      +0 > . 4381:5841(1460) ack 1
      +0 > . 5841:7301(1460) ack 1
      +0 > P. 7301:8761(1460) ack 1
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:5841>
      +0 > . 1:1461(1460) ack 1
      +.02 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:7301>
      +0 > P. 7301:8761(1460) ack 1
      +.1 < . 1:1(0) ack 8761 win 65535
      +0 phase none
      """
    ).run()
  }

  @Test func `With two places for ranges holes are told apart`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 2921:14601>
      +0 > . 1:1461(1460) ack 1
      +0 > . 1461:2921(1460) ack 1
      +.1 < . 1:1(0) ack 14601 win 65535
      """, write: 14_600
    ) {
      $0.mostSentRanges = 2
    }.run()
  }

  @Test func `Without any place a time-out still repairs everything`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 2921:14601>
      +.103 > P. 13141:14601(1460) ack 1
      +.3 > . 1:1461(1460) ack 1
      +.1 < . 1:1(0) ack 14601 win 65535
      +0 queued 0
      """, write: 14_600
    ) {
      $0.mostSentRanges = 0
    }.run()
  }

  @Test func `Without any place an answer to what was sent again brings the rest, and no further time-out`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.203 > P. 13141:14601(1460) ack 1
      +.3 > . 1:1461(1460) ack 1
      +.1 < . 1:1(0) ack 1461 win 65535
      +0 > . 1461:2921(1460) ack 1
      +.1 < . 1:1(0) ack 2921 win 65535
      +0 > . 2921:4381(1460) ack 1
      +.1 < . 1:1(0) ack 14601 win 65535
      +0 queued 0
      """, write: 14_600
    ) {
      $0.mostSentRanges = 0
    }.run()
  }
}
