package import TCP
import Time
package import Wire

/// A story of segments in packetdrill's notation, played with a host on a bench.
///
/// A line is a time relative to the line before, in seconds, and what happens then:
///
///     +0 < S 0:0(0) win 32792 <mss 1460>            the peer sends
///     +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>     the host sends, not earlier and at most a tick later
///     +0 write 1000                                  the application appends text; `write 10 more` announces more
///     +.1 expect nothing                             the host is silent until then
///     +0 connect, give up                            the application opens a connection, or drops it half-way
///     +0 close, abort, stop reading, read 100, read  the application; without a number, `read` reads on for ever
///     +0 opened, peer closed, closed, reset, refused, timed out, time-wait    what happened to the connection
///     +0 state established, cwnd 14600, …            a value (`PacketScriptRunner+Values.swift`)
///
/// `port 40001` behind the time speaks of another flow. Numbers are relative to the initial ones. Whatever the host sends
/// besides is a failure, and every script is played with several initial numbers. Of text `P` says that it is pushed, and
/// nothing that it may be.
package struct PacketScript {
  private let text: String
  private let stride: UInt32
  private var configuration = BenchConfiguration()
  private var families = IPFamily.allCases

  /// A script.
  /// - Parameters:
  ///   - stride: bytes of text in one source.
  ///   - configure: changes what the host is made with.
  package init(_ text: String, stride: UInt32 = 64_240, configure: (inout BenchConfiguration) -> Void = { _ in }) {
    self.text = text
    self.stride = stride
    configure(&configuration)
  }

  /// A script that begins with an established connection, to a peer whose MSS is 1,460 bytes.
  /// - Parameters:
  ///   - window: the peer's window.
  ///   - after: how long the peer takes to answer the SYN-ACK, in seconds.
  package static func established(
    _ text: String, window: Int = 65_535, after: String = "0", stride: UInt32 = 64_240,
    configure: (inout BenchConfiguration) -> Void = { _ in }
  ) -> PacketScript {
    let opening = """
      +0 < S 0:0(0) win \(window) <mss 1460>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460>
      +\(after) < . 1:1(0) ack 1 win \(window)
      +0 opened

      """
    return PacketScript(opening + text, stride: stride, configure: configure)
  }

  /// The same with a peer that tells what it holds ahead of a gap (RFC 2018).
  package static func selective(
    _ text: String, window: Int = 65_535, after: String = ".1", algorithm: CongestionAlgorithm = .newReno,
    configure: (inout BenchConfiguration) -> Void = { _ in }
  ) -> PacketScript {
    let opening = """
      +0 < S 0:0(0) win \(window) <mss 1460,nop,nop,sackOK>
      +0 > S. 0:0(0) ack 1 win 16384 <mss 1460,nop,nop,sackOK>
      +\(after) < . 1:1(0) ack 1 win \(window)
      +0 opened

      """
    return PacketScript(opening + text) {
      $0.congestion = algorithm
      configure(&$0)
    }
  }

  /// Lines in which segments of 1,460 bytes leave, numbered from 0.
  /// - Parameter last: the number behind the last byte, where the last segment is shorter and pushed.
  package static func flight(_ segments: Range<Int>, last: Int? = nil) -> String {
    segments.map { number in
      let first = 1 + number * 1_460
      let isLast = number == segments.upperBound - 1 && last != nil
      let end = isLast ? last ?? 0 : first + 1_460
      return "+0 > \(isLast ? "P." : ".") \(first):\(end)(\(end - first)) ack 1\n"
    }.joined()
  }

  /// Initial numbers of host and peer that are worth trying: the wrap of the sign bit and of the number falls into texts.
  package static let initialNumbers: [(host: UInt32, peer: UInt32)] = [
    (0x1234_5678, 0x8765_4321), (0x7FFF_FF00, 0xFFFF_FFF0), (0xFFFF_FC00, 0x7FFF_FFFF), (0xFFFF_FFFF, 0xFFFF_FFFF),
    (0x7FFF_FFFF, 0),
  ]

  /// The same script, of which some sizes depend on the version of the Internet Protocol.
  package func over(_ family: IPFamily) -> PacketScript {
    var script = self
    script.families = [family]
    return script
  }

  /// Plays the script with all initial numbers, and with some of them over IPv6, on a link whose packets are as much larger
  /// as their headers: so that all sizes are the same.
  /// - Throws: `TestFailure` with the line, what was expected, what came, and all that happened until then.
  package func run() throws(TestFailure) {
    var lines: [ScriptLine] = []
    for line in text.split(separator: "\n") {
      if let line = try ScriptLine(parsing: line) { lines.append(line) }
    }
    let all = PacketScript.initialNumbers
    for (host, peer) in families.contains(.ipv4) ? all : [] { try run(lines, host, peer, configuration, .peer) }
    var larger = configuration
    larger.mtu += 20
    if larger.largestSuperSegment > 0 { larger.largestSuperSegment += 20 }
    for (host, peer) in families.contains(.ipv6) ? all.prefix(2) : [] { try run(lines, host, peer, larger, .peer6) }
  }

  private func run(
    _ lines: [ScriptLine], _ host: UInt32, _ number: UInt32, _ configuration: BenchConfiguration, _ station: Station
  ) throws(TestFailure) {
    do throws(TestFailure) {
      let start = HostBench.start(for: host, configuration, peer: station)
      let bench = HostBench(configuration, start: start, stride: stride, peer: station)
      var runner = PacketScriptRunner(bench, peerInitial: number)
      try runner.run(lines)
    } catch {
      throw TestFailure("over \(station.address.family): \(error)")
    }
  }
}
