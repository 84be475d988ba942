import TestKit
import Testing

/// The window over a silence, and a window that is not used (RFC 2861, RFC 7661 §4.3).
struct IdleTests {
  /// A window of 29,200 bytes, all acknowledged, on a path of 100 ms with a time-out of 300 ms or less.
  static func grown(_ lines: String) -> PacketScript {
    .selective(
      "+0 write 14600\n" + PacketScript.flight(0..<10, last: 14_601)
        + "+.1 < . 1:1(0) ack 14601 win 65535\n+0 cwnd 29200\n+0 rto 250\n" + lines)
  }

  @Test func `Within a time-out the window stays`() throws {
    try IdleTests.grown("+.1 write 100\n+0 > P. 14601:14701(100) ack 1\n+0 cwnd 29200").run()
  }

  @Test func `A time-out halves it`() throws {
    try IdleTests.grown("+.3 write 100\n+0 > P. 14601:14701(100) ack 1\n+0 cwnd 14600").run()
  }

  @Test func `It never falls below the initial window`() throws {
    try IdleTests.grown("+60 write 100\n+0 > P. 14601:14701(100) ack 1\n+0 cwnd 14600").run()
  }

  @Test func `What follows a silence begins with what the window became`() throws {
    try IdleTests.grown(
      "+1 write 29200\n" + PacketScript.flight(10..<20) + "+.1 < . 1:1(0) ack 29201 win 65535\n"
        + PacketScript.flight(20..<30, last: 43_801) + "+0 cwnd 29200"
    ).run()
  }

  @Test func `A window of which less than half is used does not grow`() throws {
    try IdleTests.grown(
      """
      +.01 write 14600
      """ + "\n" + PacketScript.flight(10..<20, last: 29_201)
        + """
        +.1 < . 1:1(0) ack 29201 win 65535
        +0 cwnd 29200
        """
    ).run()
  }

  @Test func `A window of which more than half is used grows by what arrives`() throws {
    try IdleTests.grown(
      "+.01 write 16060\n" + PacketScript.flight(10..<21, last: 30_661)
        + """
        +.1 < . 1:1(0) ack 30661 win 65535
        +0 cwnd 45260
        """
    ).run()
  }

  @Test func `Acknowledgments that come together count as if they came one by one`() throws {
    try PacketScript.selective(
      "+0 write 14600\n" + PacketScript.flight(0..<10, last: 14_601)
        + """
        +.1 < . 1:1(0) ack 7301 win 65535
        +0 < . 1:1(0) ack 11681 win 65535
        +0 < . 1:1(0) ack 13141 win 65535
        +0 < . 1:1(0) ack 14601 win 65535
        +0 cwnd 29200
        """
    ).run()
  }
}
