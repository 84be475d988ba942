import TCP
import TestKit
import Testing

/// Losses that were none (RFC 5682, RFC 2883, RFC 3708).
struct UndoTests {
  @Test func `A time-out was false when the first acknowledgment behind it covers what was not sent again`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.203 > P. 14601:14700(99) ack 1
      +.3 > . 1:1461(1460) ack 1
      +0 phase timedOut
      +.01 < . 1:1(0) ack 2921 win 65535
      +0 phase none
      +0 lost 0
      +0 ssthresh 4294967295
      +0 rto 300
      """, write: 14_699
    ).run()
  }

  @Test func `Behind a time-out in doubt new text goes first`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.203 > . 14601:16061(1460) ack 1
      +.3 > . 1:1461(1460) ack 1
      +.01 < . 1:1(0) ack 1461 win 65535
      +0 > . 16061:17521(1460) ack 1
      +0 > . 17521:18981(1460) ack 1
      +0 phase timedOut
      +.01 < . 1:1(0) ack 2921 win 65535
      +0 phase none
      +0 lost 0
      """
    ).run()
  }

  @Test func `A time-out was right when the peer speaks of a hole`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.203 > P. 14601:14700(99) ack 1
      +.3 > . 1:1461(1460) ack 1
      +.1 < . 1:1(0) ack 1461 win 65535
      +0 > . 1461:2921(1460) ack 1
      +0 > . 2921:4381(1460) ack 1
      +.1 < . 1:1(0) ack 4381 win 65535
      +0 phase timedOut
      +0 > . 4381:5841(1460) ack 1
      +0 > . 5841:7301(1460) ack 1
      +0 > . 7301:8761(1460) ack 1
      +0 > . 8761:10221(1460) ack 1
      """, write: 14_699
    ).run()
  }

  @Test func `A repair that was not needed is taken back when the peer has it twice`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:5841>
      +0 > . 1:1461(1460) ack 1
      +0 phase repairing
      +.001 < . 1:1(0) ack 14600 win 65535 <nop,nop,sack 1:1461>
      +0 phase none
      +0 cwnd 14600
      +0 ssthresh 4294967295
      """, write: 14_600
    ).run()
  }

  @Test func `One of two repairs was needed: the window stays reduced`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 2921:14601>
      +0 > . 1:1461(1460) ack 1
      +0 > . 1461:2921(1460) ack 1
      +.1 < . 1:1(0) ack 14601 win 65535
      +.01 < . 1:1(0) ack 14601 win 65535 <nop,nop,sack 1:1461>
      +0 ssthresh 7300
      +0 cwnd 7300
      """, write: 14_600
    ).run()
  }

  @Test func `Both repairs came twice: the window is back after recovery, too`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 2921:14601>
      +0 > . 1:1461(1460) ack 1
      +0 > . 1461:2921(1460) ack 1
      +.001 < . 1:1(0) ack 14601 win 65535
      +0 cwnd 7300
      +.1 < . 1:1(0) ack 14601 win 65535 <nop,nop,sack 1:1461>
      +0 < . 1:1(0) ack 14601 win 65535 <nop,nop,sack 1461:2921>
      +0 ssthresh 4294967295
      +0 cwnd 14600
      """, write: 14_600
    ).run()
  }

  @Test func `What was not lost is awaited again when the window opens with the news`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.203 > P. 13141:14601(1460) ack 1
      +.3 > . 1:1461(1460) ack 1
      +.01 < . 1:1(0) ack 1461 win 0
      +0 phase timedOut
      +0 lost 13140
      +.01 < . 1:1(0) ack 1461 win 65535 <nop,nop,sack 1:1461>
      +0 phase none
      +0 lost 0
      +0 > P. 13141:14601(1460) ack 1
      """, write: 14_600
    ).run()
  }

  @Test func `A duplicate of what was sent once says nothing`() throws {
    try PacketScript.selective(
      """
      +0 write 1000
      +0 > P. 1:1001(1000) ack 1
      +.1 < . 1:1(0) ack 1001 win 65535
      +0 < . 1:1(0) ack 1001 win 65535 <nop,nop,sack 1:1001>
      +1 expect nothing
      +0 cwnd 14600
      """
    ).run()
  }

  @Test func `A block below what could be in flight is no report of a duplicate`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:14601>
      +0 > . 1:1461(1460) ack 1
      +.001 < . 1:1(0) ack 14601 win 65535 <nop,nop,sack 100000:101460>
      +0 cwnd 7300
      """, write: 14_600
    ).run()
  }

  @Test func `A time-out whose text came twice was false`() throws {
    try PacketScript.selective(
      """
      +0 write 1000
      +0 > P. 1:1001(1000) ack 1
      +.248 > P. 1:1001(1000) ack 1
      +.3 > P. 1:1001(1000) ack 1
      +0 ssthresh 2920
      +.01 < . 1:1(0) ack 1001 win 65535
      +.1 < . 1:1(0) ack 1001 win 65535 <nop,nop,sack 1:1001>
      +0 ssthresh 4294967295
      +0 cwnd 14600
      """, algorithm: .cubic
    ).run()
  }

  @Test func `That a probe came twice takes no earlier reduction back`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:14601>
      +0 > . 1:1461(1460) ack 1
      +.1 < . 1:1(0) ack 14601 win 65535
      +0 phase none
      +0 write 1460
      +0 > P. 14601:16061(1460) ack 1
      +.248 > P. 14601:16061(1460) ack 1
      +.02 < . 1:1(0) ack 16061 win 65535
      +.08 < . 1:1(0) ack 16061 win 65535 <nop,nop,sack 14601:16061>
      +0 ssthresh 7300
      """, write: 14_600
    ).run()
  }
}
