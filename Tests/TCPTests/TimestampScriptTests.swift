import TestKit
import Testing

/// Clocks that both ends tell each other (RFC 7323). Ours counts milliseconds, here from the start of the script.
struct TimestampScriptTests {
  private static func script(_ lines: String, configure: (inout BenchConfiguration) -> Void = { _ in }) -> PacketScript
  {
    PacketScript(
      lines,
      configure: { configuration in
        configuration.hasTimestamps = true
        configure(&configuration)
      })
  }

  private static let opened = """
    +0 < S 0:0(0) win 65535 <mss 1460,nop,nop,TS val 500 ecr 0>
    +0 > S. 0:0(0) ack 1 win 16384 <mss 1460,nop,nop,TS val 0 ecr 500>
    +.05 < . 1:1(0) ack 1 win 65535 <nop,nop,TS val 550 ecr 0>
    +0 opened

    """

  @Test func `What both ends speak of stands in every segment, and takes from its text`() throws {
    try TimestampScriptTests.script(
      TimestampScriptTests.opened + """
        +0 < P. 1:101(100) ack 1 win 65535 <nop,nop,TS val 550 ecr 0>
        +0 read-so-far 100
        +0 write 3000
        +0 > . 1:1449(1448) ack 101 <nop,nop,TS val 50 ecr 550>
        +0 > . 1449:2897(1448) ack 101 <nop,nop,TS val 50 ecr 550>
        +0 > P. 2897:3001(104) ack 101 <nop,nop,TS val 50 ecr 550>
        +.02 < . 101:101(0) ack 3001 win 65535 <nop,nop,TS val 570 ecr 50>
        +.03 < P. 101:201(100) ack 3001 win 65535 <nop,nop,TS val 600 ecr 50>
        +0 read-so-far 200
        +.04 > . 3001:3001(0) ack 201 <nop,nop,TS val 141 ecr 600>
        """
    ).run()
  }

  @Test func `A peer that does not speak of clocks is told nothing of ours`() throws {
    try TimestampScriptTests.script(
      """
      +0 < S 0:0(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 < . 1:1(0) ack 1 win 65535
      +0 opened
      +0 write 1460
      +0 > P. 1:1461(1460) ack 1
      """
    ).run()
  }

  @Test func `A host that does not speak of clocks answers without`() throws {
    try PacketScript(
      """
      +0 < S 0:0(0) win 65535 <mss 1460,nop,nop,TS val 500 ecr 0>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      """
    ).run()
  }

  @Test func `A segment from before is acknowledged and not read`() throws {
    try TimestampScriptTests.script(
      TimestampScriptTests.opened + """
        +0 < P. 1:101(100) ack 1 win 65535 <nop,nop,TS val 600 ecr 0>
        +0 read-so-far 100
        +.04 > . 1:1(0) ack 101 <nop,nop,TS val 91 ecr 600>
        +0 < P. 101:201(100) ack 1 win 65535 <nop,nop,TS val 599 ecr 0>
        +0 > . 1:1(0) ack 101 <nop,nop,TS val 91 ecr 600>
        +0 < P. 101:201(100) ack 1 win 65535 <nop,nop,TS val 600 ecr 0>
        +0 read-so-far 200
        """
    ).run()
  }

  @Test func `A segment without a clock is as good as one with it`() throws {
    try TimestampScriptTests.script(
      TimestampScriptTests.opened + """
        +0 < P. 1:101(100) ack 1 win 65535
        +0 read-so-far 100
        +.04 > . 1:1(0) ack 101 <nop,nop,TS val 91 ecr 550>
        """
    ).run()
  }

  @Test func `A reset counts whatever its clock shows`() throws {
    try TimestampScriptTests.script(
      TimestampScriptTests.opened + """
        +0 < R 1:1(0) win 0 <nop,nop,TS val 1 ecr 0>
        +0 reset
        """
    ).run()
  }

  @Test func `What is behind a gap does not move the clock that is echoed`() throws {
    try TimestampScriptTests.script(
      TimestampScriptTests.opened + """
        +0 < P. 101:201(100) ack 1 win 65535 <nop,nop,TS val 700 ecr 0>
        +0 > . 1:1(0) ack 1 <nop,nop,TS val 50 ecr 550>
        +0 < P. 1:101(100) ack 1 win 65535 <nop,nop,TS val 710 ecr 0>
        +0 > . 1:1(0) ack 201 <nop,nop,TS val 50 ecr 710>
        """
    ).run()
  }

  @Test func `The echo measures what was sent twice`() throws {
    try TimestampScriptTests.script(
      TimestampScriptTests.opened + """
        +0 write 1000
        +0 > P. 1:1001(1000) ack 1 <nop,nop,TS val 50 ecr 550>
        +.2 > P. 1:1001(1000) ack 1 <nop,nop,TS val 251 ecr 550>
        +.03 < . 1:1(0) ack 1001 win 65535 <nop,nop,TS val 800 ecr 251>
        +0 srtt 47
        """
    ).run()
  }

  @Test func `A cookie keeps the clocks`() throws {
    try TimestampScriptTests.script(
      """
      +0 < S 0:0(0) win 65535 <mss 1460,nop,nop,TS val 500 ecr 0>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460,nop,nop,TS val 0 ecr 500>
      +0 half-open 0
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,TS val 600 ecr 0>
      +0 opened
      +0 write 1448
      +0 > P. 1:1449(1448) ack 1 <nop,nop,TS val 100 ecr 600>
      """
    ) { $0.backlog = 0 }.run()
  }

  @Test func `In TIME-WAIT the clocks are told, and a newer one opens the flow again`() throws {
    try TimestampScriptTests.script(
      TimestampScriptTests.opened + """
        +0 close
        +0 > F. 1:1(0) ack 1 <nop,nop,TS val 50 ecr 550>
        +.01 < F. 1:1(0) ack 2 win 65535 <nop,nop,TS val 560 ecr 50>
        +0 > . 2:2(0) ack 2 <nop,nop,TS val 60 ecr 560>
        +0 peer closed
        +0 time-wait
        +.01 < F. 1:1(0) ack 2 win 65535 <nop,nop,TS val 570 ecr 50>
        +0 > . 2:2(0) ack 2 <nop,nop,TS val 70 ecr 560>
        +.01 < S 0:0(0) win 65535 <mss 1460,nop,nop,TS val 560 ecr 0>
        +0 > . 2:2(0) ack 2 <nop,nop,TS val 80 ecr 560>
        +.01 < S 0:0(0) win 65535 <mss 1460,nop,nop,TS val 590 ecr 0>
        +0 > S. 0:0(0) ack 1 win 16384 <mss 1460,nop,nop,TS val 90 ecr 590>
        """
    ).run()
  }

  @Test func `The clock of a segment that acknowledges nothing of ours is not believed`() throws {
    try TimestampScriptTests.script(
      TimestampScriptTests.opened + """
        +0 < P. 1:101(100) ack 900000 win 65535 <nop,nop,TS val 1000000550 ecr 0>
        +0 > . 1:1(0) ack 1 <nop,nop,TS val 50 ecr 550>
        +0 < P. 1:101(100) ack 1 win 65535 <nop,nop,TS val 551 ecr 0>
        +0 read-so-far 100
        """
    ).run()
  }
}
