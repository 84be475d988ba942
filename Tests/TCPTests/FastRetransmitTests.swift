import TestKit
import Testing

/// Losses that duplicate acknowledgments tell of (RFC 5681 §3.2, RFC 6582, RFC 3042).
struct FastRetransmitTests {
  /// Ten segments in flight, and then these lines.
  static func inFlight(_ lines: String, write: Int = 29_200) -> PacketScript {
    let flight = (0..<10).map { "+0 > . \(1 + $0 * 1460):\(1461 + $0 * 1460)(1460) ack 1\n" }.joined()
    return .established("+0 write \(write)\n" + flight + lines)
  }

  @Test func `Two duplicates release a new segment each, the third the lost one`() throws {
    try FastRetransmitTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1 win 65535
      +0 > . 14601:16061(1460) ack 1
      +0 < . 1:1(0) ack 1 win 65535
      +0 > . 16061:17521(1460) ack 1
      +0 recovering false
      +0 < . 1:1(0) ack 1 win 65535
      +0 > . 1:1461(1460) ack 1
      +0 recovering true
      +0 ssthresh 7300
      +0 cwnd 13140
      """
    ).run()
  }

  @Test func `While the window comes down, a new segment leaves for two or three duplicates`() throws {
    try FastRetransmitTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1 win 65535
      +0 > . 14601:16061(1460) ack 1
      +0 < . 1:1(0) ack 1 win 65535
      +0 > . 16061:17521(1460) ack 1
      +0 < . 1:1(0) ack 1 win 65535
      +0 > . 1:1461(1460) ack 1
      +0 < . 1:1(0) ack 1 win 65535
      +0 < . 1:1(0) ack 1 win 65535
      +0 > . 17521:18981(1460) ack 1
      +0 < . 1:1(0) ack 1 win 65535
      +0 < . 1:1(0) ack 1 win 65535
      +0 > . 18981:20441(1460) ack 1
      +.1 < . 1:1(0) ack 17521 win 65535
      +0 recovering false
      +0 cwnd 7300
      +0 > . 20441:21901(1460) ack 1
      +0 > . 21901:23361(1460) ack 1
      +0 > . 23361:24821(1460) ack 1
      """
    ).run()
  }

  @Test func `A partial acknowledgment has the next hole repaired at once`() throws {
    try FastRetransmitTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1461 win 65535
      +0 > P. 14601:14700(99) ack 1
      +0 < . 1:1(0) ack 1461 win 65535
      +0 < . 1:1(0) ack 1461 win 65535
      +0 < . 1:1(0) ack 1461 win 65535
      +0 > . 1461:2921(1460) ack 1
      +.1 < . 1:1(0) ack 4381 win 65535
      +0 > . 4381:5841(1460) ack 1
      +0 recovering true
      +.1 < . 1:1(0) ack 14700 win 65535
      +0 recovering false
      +1 expect nothing
      """, write: 14_699
    ).run()
  }

  @Test func `A time-out ends the recovery, and later duplicates are not believed`() throws {
    try FastRetransmitTests.inFlight(
      """
      +.05 < . 1:1(0) ack 1461 win 65535
      +0 > P. 14601:14700(99) ack 1
      +0 < . 1:1(0) ack 1461 win 65535
      +0 < . 1:1(0) ack 1461 win 65535
      +0 < . 1:1(0) ack 1461 win 65535
      +0 > . 1461:2921(1460) ack 1
      +.2 > . 1461:2921(1460) ack 1
      +0 recovering false
      +0 cwnd 1460
      +.01 < . 1:1(0) ack 1461 win 65535
      +0 < . 1:1(0) ack 1461 win 65535
      +0 < . 1:1(0) ack 1461 win 65535
      +0 < . 1:1(0) ack 1461 win 65535
      +0 recovering false
      +0 cwnd 1460
      +.01 < . 1:1(0) ack 14700 win 65535
      +0 queued 0
      """, write: 14_699
    ).run()
  }

  @Test func `Duplicates of what a time-out sent twice are not believed either`() throws {
    try FastRetransmitTests.inFlight(
      """
      +.2 > . 1:1461(1460) ack 1
      +.1 < . 1:1(0) ack 14601 win 65535
      +0 > . 14601:16061(1460) ack 1
      +0 > . 16061:17521(1460) ack 1
      +0 > . 17521:18981(1460) ack 1
      +0 > . 18981:20441(1460) ack 1
      +0 > . 20441:21901(1460) ack 1
      +0 < . 1:1(0) ack 14601 win 65535
      +0 < . 1:1(0) ack 14601 win 65535
      +0 < . 1:1(0) ack 14601 win 65535
      +.1 expect nothing
      +0 recovering false
      """
    ).run()
  }

  @Test func `A lost segment and the FIN behind it are repaired together`() throws {
    try PacketScript.established(
      """
      +0 write 3500
      +0 close
      +0 > . 1:1461(1460) ack 1
      +0 > . 1461:2921(1460) ack 1
      +0 > FP. 2921:3501(580) ack 1
      +.1 < . 1:1(0) ack 2921 win 65535
      +0 < . 1:1(0) ack 2921 win 65535
      +0 < . 1:1(0) ack 2921 win 65535
      +0 < . 1:1(0) ack 2921 win 65535
      +0 > FP. 2921:3501(580) ack 1
      +.1 < . 1:1(0) ack 3502 win 65535
      +0 state finWait2
      """
    ).run()
  }

  @Test func `An acknowledgment with text is no duplicate`() throws {
    try FastRetransmitTests.inFlight(
      """
      +.1 < . 1:101(100) ack 1 win 65535
      +0 < . 101:201(100) ack 1 win 65535
      +0 > . 14601:14601(0) ack 201
      +0 < . 201:301(100) ack 1 win 65535
      +0 < . 301:401(100) ack 1 win 65535
      +0 > . 14601:14601(0) ack 401
      +0 recovering false
      """
    ).run()
  }

  @Test func `An acknowledgment with another window is no duplicate`() throws {
    try FastRetransmitTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1 win 65534
      +0 < . 1:1(0) ack 1 win 65533
      +0 < . 1:1(0) ack 1 win 65532
      +0 < . 1:1(0) ack 1 win 65531
      +.05 expect nothing
      +0 recovering false
      """
    ).run()
  }

  @Test func `Acknowledgments with nothing in flight are no duplicates`() throws {
    try PacketScript.established(
      """
      +0 < . 1:1(0) ack 1 win 65535
      +0 < . 1:1(0) ack 1 win 65535
      +0 < . 1:1(0) ack 1 win 65535
      +1 expect nothing
      +0 recovering false
      """
    ).run()
  }
}
