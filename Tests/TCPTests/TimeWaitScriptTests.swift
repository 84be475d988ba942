import TestKit
import Testing

/// What a flow in TIME-WAIT does (RFC 9293 §3.10.7.4, RFC 1337, RFC 6191).
struct TimeWaitScriptTests {
  /// A connection that the host has closed first, and then these lines. The host has sent 1 to 2, the peer 1 to 2.
  static func closed(_ lines: String, configure: (inout BenchConfiguration) -> Void = { _ in }) -> PacketScript {
    .established(
      """
      +0 close
      +0 > F. 1:1(0) ack 1
      +0 < F. 1:1(0) ack 2 win 65535
      +0 peer closed
      +0 time-wait
      +0 > . 2:2(0) ack 2

      """ + lines, configure: configure)
  }

  @Test func `The peer's FIN that comes again is acknowledged, and the minute begins anew`() throws {
    try TimeWaitScriptTests.closed(
      """
      +30 < F. 1:1(0) ack 2 win 65535
      +0 > . 2:2(0) ack 2 win 16384
      +59 time-waits 1
      +1.1 time-waits 0
      """
    ).run()
  }

  @Test func `A reset does not cut it short`() throws {
    try TimeWaitScriptTests.closed("+1 < R 2:2(0) win 0\n+1 expect nothing\n+0 time-waits 1").run()
  }

  @Test func `A newer SYN opens a new connection beyond the old numbers`() throws {
    try TimeWaitScriptTests.closed(
      """
      +1 < S 1000:1000(0) win 65535 <mss 1460>
      +0 > S. 0:0(0) ack 1001 win 16384 <mss 1460>
      +0 time-waits 0
      +0 < P. 1001:1101(100) ack 1 win 65535
      +0 opened
      +0 write 200
      +0 > P. 1:201(200) ack 1101
      """
    ).run()
  }

  @Test func `The new connection's numbers lie beyond the old one's, whatever the clock says`() throws {
    // 300 KB in no time at all: the clock behind the initial numbers has not kept up.
    let bench = HostBench()
    try bench.open()
    for _ in 0..<30 {
      try bench.write(10_000)
      try bench.transmit()
      try bench.acknowledgeAll()
    }
    try bench.finish()
    try bench.transmit()
    try bench.acknowledgeAll(.fin)
    let end = try #require(bench.output.last).sequence
    try bench.open(sequence: 100_000)
    let numbers = try bench.flow(Station.peerPort).initialNumbers
    #expect(numbers.count == 2)
    #expect(Int32(bitPattern: numbers[1] &- end) > 0)
  }

  @Test func `An old SYN is answered with an acknowledgment`() throws {
    try TimeWaitScriptTests.closed("+1 < S 0:0(0) win 65535 <mss 1460>\n+0 > . 2:2(0) ack 2 win 16384").run()
  }

  @Test func `A SYN with the very next number is not newer`() throws {
    try TimeWaitScriptTests.closed("+1 < S 2:2(0) win 65535 <mss 1460>\n+0 > . 2:2(0) ack 2 win 16384").run()
  }

  @Test func `Old text is answered with an acknowledgment`() throws {
    try TimeWaitScriptTests.closed("+1 < P. 1:101(100) ack 1 win 65535\n+0 > . 2:2(0) ack 2 win 16384").run()
  }

  @Test(arguments: ["1:1", "2:2", "90000:90000"])
  func `An acknowledgment is not answered`(numbers: String) throws {
    try TimeWaitScriptTests.closed("+1 < . \(numbers)(0) ack 2 win 65535\n+1 expect nothing").run()
  }

  @Test func `The oldest makes room for the newest`() throws {
    try TimeWaitScriptTests.closed(
      """
      +1 port 2 < S 0:0(0) win 65535 <mss 1460>
      +0 port 2 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +0 port 2 < . 1:1(0) ack 1 win 65535
      +0 port 2 opened
      +0 port 2 close
      +0 port 2 > F. 1:1(0) ack 1
      +0 port 2 < F. 1:1(0) ack 2 win 65535
      +0 port 2 > . 2:2(0) ack 2
      +0 time-waits 1
      +0 port 2 < F. 1:1(0) ack 2 win 65535
      +0 port 2 > . 2:2(0) ack 2
      +0 < F. 1:1(0) ack 2 win 65535
      +0 > R 2:2(0)
      """
    ) { $0.mostTimeWaits = 1 }.run()
  }
}
