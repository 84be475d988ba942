import Stack
import TCP
import Time
import Wire

/// Values that a packet script can look at: `state closeWait`, `cwnd 14600`, `rto 200` (milliseconds) and so on.
extension PacketScriptRunner {
  func check(_ name: String, _ value: String, _ port: UInt16) throws(TestFailure) {
    if let found = hostValue(name) {
      try require(found == value, "\(name) is \(found)")
    } else {
      let found = try connectionValue(name, try bench.connection(port), port)
      try require(found == value, "\(name) is \(found)")
    }
  }

  private func hostValue(_ name: String) -> String? {
    let host = bench.host.counters
    return switch name {
    case "connections": String(bench.host.connectionCount)
    case "opening": String(bench.host.openingCount)
    case "half-open": String(bench.host.halfOpenCount)
    case "orphans": String(bench.host.orphanCount)
    case "orphans-reset": String(host.orphansReset)
    case "time-waits": String(bench.host.timeWaitCount)
    case "retransmissions": String(host.retransmissions)
    case "resets": String(host.resetsOut)
    case "syns-dropped": String(host.synsDropped)
    case "pure-acks": String(host.pureAcknowledgments)
    case "drops": String(host.drops.total)
    default: nil
    }
  }

  private func connectionValue(_ name: String, _ block: Connection, _ port: UInt16) throws(TestFailure) -> String {
    switch name {
    case "state": return "\(block.state)"
    case "cwnd": return String(block.congestion.window)
    case "ssthresh": return String(block.congestion.threshold)
    case "rto": return String(block.timeout.interval.milliseconds)
    case "srtt": return block.timeout.smoothed.map { String($0.milliseconds) } ?? "none"
    case "flight": return String(block.snd.flight)
    case "snd.wnd": return String(block.snd.wnd)
    case "queued": return String(block.queue.byteCount)
    case "unread": return String(block.unread)
    case "read-so-far": return String(try bench.flow(port).readCount)
    case "pipe": return String(block.pipe)
    case "held": return String(block.flight.selected)
    case "lost": return String(block.flight.lost)
    case "phase": return "\(block.recovery.phase)"
    case "recovering": return String(block.recovery.isActive)
    default: throw TestFailure("\(name) is no value")
    }
  }
}
