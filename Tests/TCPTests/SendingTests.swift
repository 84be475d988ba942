import TCP
import TestKit
import Testing
import Time

/// How text is cut into segments, and how much of it may be in flight (RFC 9293 §3.8, RFC 5681, RFC 6928).
struct SendingTests {
  @Test func `Text leaves in whole segments, and the last has PSH`() throws {
    try PacketScript.established(
      """
      +0 write 3000
      +0 > . 1:1461(1460) ack 1
      +0 > . 1461:2921(1460) ack 1
      +0 > P. 2921:3001(80) ack 1
      """
    ).run()
  }

  @Test func `Text that fits exactly has no empty segment behind it`() throws {
    try PacketScript.established("+0 write 2920\n+0 > . 1:1461(1460) ack 1\n+0 > P. 1461:2921(1460) ack 1").run()
  }

  @Test func `Two texts share a segment`() throws {
    try PacketScript.established("+0 write 300\n+0 write 500\n+0 > P. 1:801(800) ack 1").run()
  }

  @Test func `A last partial segment waits for announced text`() throws {
    try PacketScript.established(
      """
      +0 write 2000 more
      +0 > . 1:1461(1460) ack 1
      +0 < . 1:1(0) ack 1461 win 65535
      +5 expect nothing
      +0 write 1000
      +0 > . 1461:2921(1460) ack 1
      +0 > P. 2921:3001(80) ack 1
      """
    ).run()
  }

  @Test func `Announced text that does not come is not waited for`() throws {
    try PacketScript.established(
      """
      +0 write 2000 more
      +0 > . 1:1461(1460) ack 1
      +0 write 0
      +0 > P. 1461:2001(540) ack 1
      """
    ).run()
  }

  @Test func `Announced text that has no room in the queue is not waited for`() throws {
    let writes = (0..<8).map { _ in "+0 write 10 more\n" }.joined()
    try PacketScript.established(writes + "+0 > . 1:41(40) ack 1\n+0 > P. 41:81(40) ack 1").run()
  }

  @Test func `Small texts do not wait for acknowledgments`() throws {
    try PacketScript.established(
      """
      +0 write 100
      +0 > P. 1:101(100) ack 1
      +0 write 100
      +0 > P. 101:201(100) ack 1
      """
    ).run()
  }

  @Test func `Text of many small pieces leaves in frames of four`() throws {
    try PacketScript.established(
      """
      +0 write 1000
      +0 > . 1:401(400) ack 1
      +0 > . 401:801(400) ack 1
      +0 > P. 801:1001(200) ack 1
      """, stride: 100
    ).run()
  }

  @Test func `Pieces that do not all fit a frame are cut to whole segments where there is one`() throws {
    try PacketScript.established(
      """
      +0 write 4000
      +0 > . 1:1461(1460) ack 1
      +0 > . 1461:2921(1460) ack 1
      +0 > P. 2921:4001(1080) ack 1
      """, stride: 500
    ).run()
  }

  @Test func `The first flight is ten segments, and then one more for each that arrived`() throws {
    try PacketScript.established(
      "+0 cwnd 14600\n+0 write 60000\n"
        + (0..<10).map { "+0 > . \(1 + $0 * 1460):\(1461 + $0 * 1460)(1460) ack 1\n" }.joined()
          + """
          +.1 < . 1:1(0) ack 2921 win 65535
          +0 cwnd 17520
          +0 > . 14601:16061(1460) ack 1
          +0 > . 16061:17521(1460) ack 1
          +0 > . 17521:18981(1460) ack 1
          +0 > . 18981:20441(1460) ack 1
          """
    ).run()
  }

  @Test func `A window that was not used does not grow`() throws {
    try PacketScript.established(
      """
      +0 write 1000
      +0 > P. 1:1001(1000) ack 1
      +.1 < . 1:1(0) ack 1001 win 65535
      +0 cwnd 14600
      """
    ).run()
  }

  @Test func `After a long silence the window is the initial one again`() throws {
    let flight = (0..<10).map { "+0 > . \(1 + $0 * 1460):\(1461 + $0 * 1460)(1460) ack 1\n" }.joined()
    try PacketScript.established(
      "+0 write 16060\n" + flight
        + """
        +.1 < . 1:1(0) ack 14601 win 65535
        +0 cwnd 29200
        +0 > P. 14601:16061(1460) ack 1
        +.1 < . 1:1(0) ack 16061 win 65535
        +.1 write 100
        +0 > P. 16061:16161(100) ack 1
        +0 cwnd 29200
        +.1 < . 1:1(0) ack 16161 win 65535
        +5 write 100
        +0 > P. 16161:16261(100) ack 1
        +0 cwnd 14600
        """
    ).run()
  }

  @Test func `Requests that come together are answered together`() throws {
    try PacketScript.established(
      """
      +0 < P. 1:301(300) ack 1 win 65535
      +0 write 1000
      +0 write 400
      +0 write 60
      +0 > P. 1:1461(1460) ack 301
      """
    ).run()
  }

  @Test func `A full queue takes no more`() throws {
    let writes = (0..<8).map { _ in "+0 write 10\n" }.joined()
    #expect(throws: TestFailure.self) { try PacketScript.established(writes + "+0 write 10").run() }
    try PacketScript.established(
      writes
        + "+0 > . 1:41(40) ack 1\n+0 > P. 41:81(40) ack 1\n"
        + "+0 < . 1:1(0) ack 11 win 65535\n+0 write 10\n+0 > P. 81:91(10) ack 1"
    ).run()
  }

  @Test func `What a window ends with is pushed, for receivers may wait with the acknowledgment of an odd segment`() {
    var connection = Connection.established()
    let isAppended = connection.append(TextRun(source: TextSource(1), offset: 0, stride: 64_240, length: 30_000))
    #expect(isAppended)
    #expect(connection.segments().map(\.isPush) == Array(repeating: false, count: 9) + [true])
    _ = connection.segmentArrives(Segment(acknowledgment: 2_921), at: .epoch)
    #expect(connection.segments().map(\.isPush) == [false, false, false, true])
  }
}
