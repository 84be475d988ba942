import Stack
import TCP
import Time
import Wire

/// What the peer and the application do in a packet script.
extension PacketScriptRunner {
  func perform(_ line: ScriptLine) throws(TestFailure) {
    switch line.action {
    case .expect, .expectNothing: break
    case .inject(let segment): try bench.deliver(try absolute(segment, line.port))
    case .write(let count, let more): try bench.write(count, more: more, to: line.port)
    case .connect: try bench.connect(line.port)
    case .giveUp: try bench.giveUp(line.port)
    case .close: try bench.finish(line.port)
    case .abort: try bench.abort(line.port)
    case .stopReading: try bench.readAtOnce(false, line.port)
    case .read(nil): try bench.readAtOnce(true, line.port)
    case .read(.some(let count)): try bench.read(count, line.port)
    case .event(let event): try expect(event, line.port)
    case .check(let name, let value): try check(name, value, line.port)
    }
  }

  /// A segment of the peer with the numbers it has on the wire.
  private func absolute(_ segment: ScriptSegment, _ port: UInt16) throws(TestFailure) -> PeerSegment {
    let initial = bench.flows[port]?.initialNumbers.last ?? 0
    var absolute = PeerSegment(
      sequence: peerInitial &+ UInt32(truncatingIfNeeded: segment.sequence), flags: segment.flags)
    absolute.sourcePort = port
    absolute.mark = segment.mark
    if let acknowledgment = segment.acknowledgment {
      absolute.acknowledgment = initial &+ UInt32(truncatingIfNeeded: acknowledgment)
    }
    absolute.window = UInt16(clamping: segment.window ?? 0xFFFF)
    if let options = segment.options {
      absolute.options = try ScriptOptions(parsing: options, from: initial, clock: clock(initial)).bytes
    }
    let first = (bench.flows[port]?.peerInitial ?? absolute.sequence) &+ 1
    let position = Int(Int32(bitPattern: absolute.sequence &- first))
    absolute.text = PatternText.bytes(at: position, count: segment.textCount)
    return absolute
  }

  private func expect(_ event: BenchFlow.Event, _ port: UInt16) throws(TestFailure) {
    let events = bench.flows[port]?.events ?? []
    guard let first = events.first else { throw TestFailure("nothing happened") }
    try require(first.event == event, "what happened is \(first.event)")
    bench.flows[port]?.events.removeFirst()
  }
}
