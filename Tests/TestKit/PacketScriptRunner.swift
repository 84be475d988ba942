import Stack
import TCP
import Time

/// Plays the lines of a packet script on a bench.
struct PacketScriptRunner {
  let bench: HostBench
  /// The peer's initial number on every flow.
  let peerInitial: UInt32
  /// When the last line happened.
  private var last: Instant
  private let start: Instant
  /// All that happened, for messages.
  private var trace: [String] = []

  /// Timers are rounded up to the next tick.
  private static let tolerance = Interval.milliseconds(1)

  init(_ bench: HostBench, peerInitial: UInt32) {
    self.bench = bench
    self.peerInitial = peerInitial
    self.last = bench.now
    self.start = bench.now
  }

  mutating func run(_ lines: [ScriptLine]) throws(TestFailure) {
    for line in lines {
      do throws(TestFailure) {
        try play(line)
      } catch {
        throw TestFailure("\(line.text)\n\(error)\n\(story)")
      }
    }
    do throws(TestFailure) {
      try bench.transmit()
      try requireSilence()
      try bench.close()
    } catch {
      throw TestFailure("after the last line\n\(error)\n\(story)")
    }
  }

  private var story: String {
    let host = bench.flows[Station.peerPort]?.initialNumbers.first ?? 0
    let drops = bench.host.counters.drops.total
    return (["ISS \(host), IRS \(peerInitial), \(drops) frames dropped"] + trace).joined(separator: "\n")
  }

  private mutating func play(_ line: ScriptLine) throws(TestFailure) {
    let moment = max(last + line.delay, bench.now)
    switch line.action {
    case .expect(let segment):
      try expect(segment, line.port, from: last + line.delay)
      return
    case .inject:
      // What the last segment called for leaves before the next arrives.
      try bench.transmit()
      try pass(until: moment)
    case .expectNothing:
      try bench.transmit()
      try bench.advance(to: moment)
      try requireSilence()
    default:
      if moment > bench.now { try bench.transmit() }
      try pass(until: moment)
    }
    note(line.text, at: moment)
    last = moment
    try perform(line)
  }

  /// Lets time pass up to, but not including, a moment, in which the host must send nothing that was not expected.
  private func pass(until moment: Instant) throws(TestFailure) {
    try requireSilence()
    while bench.host.nextDeadline < moment { try bench.advanceToDeadline() }
    try requireSilence()
    if moment > bench.now { bench.skip(to: moment) }
  }

  private func requireSilence() throws(TestFailure) {
    guard let sent = bench.output.first else { return }
    throw TestFailure("the host sent, unasked: \(time(sent.time)) > \(relative(sent))")
  }

  private mutating func expect(_ segment: ScriptSegment, _ port: UInt16, from moment: Instant) throws(TestFailure) {
    try bench.transmit()
    while bench.output.isEmpty, bench.host.nextDeadline <= moment + PacketScriptRunner.tolerance {
      try bench.advanceToDeadline()
    }
    guard !bench.output.isEmpty else { throw TestFailure("the host sent nothing") }
    let sent = bench.output.removeFirst()
    let found = relative(sent)
    note("> \(found)", at: sent.time)
    try require(segment.covers(found), "the host sent: \(found)")
    try require(sent.port == port, "the host sent this to port \(sent.port)")
    try require(sent.time >= moment, "the host sent this earlier, at \(time(sent.time))")
    try require(sent.time <= moment + PacketScriptRunner.tolerance, "the host sent this later, at \(time(sent.time))")
    last = sent.time
  }

  /// A segment of the host with relative numbers.
  private func relative(_ sent: SentSegment) -> ScriptSegment {
    let initial = bench.flows[sent.port]?.initialNumbers.last ?? 0
    return ScriptSegment(
      flags: sent.flags, sequence: Int(Int32(bitPattern: sent.sequence &- initial)), textCount: sent.text.count,
      acknowledgment: sent.acknowledgment.map { Int(Int32(bitPattern: $0 &- peerInitial)) }, window: Int(sent.window),
      options: sent.options.isEmpty
        ? nil : ScriptOptions(sent.options).described(from: peerInitial, clock: clock(initial)), mark: sent.mark)
  }

  /// What the host's clock shows at the start of the script, on a connection with this initial number.
  func clock(_ initial: UInt32) -> UInt32 {
    initial &+ UInt32(truncatingIfNeeded: start.nanoseconds / 1_000_000)
  }

  private mutating func note(_ text: String, at moment: Instant) {
    trace.append("  \(time(moment)) \(text)")
  }

  private func time(_ moment: Instant) -> String {
    let microseconds = moment.since(start).microseconds
    return "\(microseconds / 1_000).\(String(1_000 + microseconds % 1_000).dropFirst()) ms"
  }
}
