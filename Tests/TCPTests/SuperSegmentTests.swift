import TestKit
import Testing

/// Segments that a device cuts (TSO).
struct SuperSegmentTests {
  static func script(_ lines: String, window: Int = 65_535, stride: UInt32 = 64_240) -> PacketScript {
    .established(lines, window: window, stride: stride) {
      $0.largestSuperSegment = 64_240
      $0.deviceFinishesChecksums = true
    }
  }

  @Test func `All that may be in flight leaves in one frame`() throws {
    try SuperSegmentTests.script(
      """
      +0 write 60000
      +0 > . 1:14601(14600) ack 1
      +.1 < . 1:1(0) ack 14601 win 65535
      +0 > . 14601:43801(29200) ack 1
      """
    ).run()
  }

  @Test func `The last segment of a frame may be partial`() throws {
    try SuperSegmentTests.script("+0 write 3000\n+0 close\n+0 > FP. 1:3001(3000) ack 1").run()
  }

  @Test func `A partial segment that is not the last stays behind`() throws {
    try SuperSegmentTests.script("+0 write 3000 more\n+0 > . 1:2921(2920) ack 1").run()
  }

  @Test func `A window between two multiples of the segment is used in whole segments`() throws {
    try SuperSegmentTests.script("+0 write 9000\n+0 > . 1:4381(4380) ack 1", window: 5_000).run()
  }

  @Test func `Pieces that do not all fit the frame are cut to whole segments`() throws {
    try SuperSegmentTests.script(
      "+0 write 9000\n+0 > . 1:2921(2920) ack 1\n+0 > . 2921:5841(2920) ack 1\n"
        + "+0 > P. 5841:9001(3160) ack 1", stride: 1_000
    ).run()
  }

  @Test func `What was lost of a frame is sent again alone`() throws {
    try SuperSegmentTests.script(
      """
      +0 write 14600
      +0 > P. 1:14601(14600) ack 1
      +.1 < . 1:1(0) ack 1461 win 65535
      +0 < . 1:1(0) ack 1461 win 65535
      +0 < . 1:1(0) ack 1461 win 65535
      +0 < . 1:1(0) ack 1461 win 65535
      +0 > . 1461:2921(1460) ack 1
      +.1 < . 1:1(0) ack 14601 win 65535
      """
    ).run()
  }

  @Test func `A device that cuts more than a packet can name is given what a packet can`() throws {
    var script = """
      +0 < S 0:0(0) win 65535 <mss 1024,nop,wscale 7>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460,nop,wscale 0>
      +0 < . 1:1(0) ack 1 win 20000
      +0 opened
      +0 write 2000000

      """
    var next = 1
    for flight in [10_240, 20_480, 40_960] {
      script += "+0 > . \(next):\(next + flight)(\(flight)) ack 1\n"
      next += flight
      script += "+.01 < . 1:1(0) ack \(next) win 20000\n"
    }
    script += "+0 cwnd 81920\n+0 > . \(next):\(next + 64_512)(64512) ack 1\n"
    script += "+0 > . \(next + 64_512):\(next + 81_920)(17408) ack 1\n"
    try PacketScript(script) {
      $0.largestSuperSegment = 65_536
      $0.deviceFinishesChecksums = true
    }.run()
  }
}
