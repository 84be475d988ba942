import Link
import Stack
import TCP
import TestKit
import Time
import Wire

@testable import LoadGenerator

/// A load and a canned server on a perfect link, with a clock that stands still while frames fly.
final class LoadBench {
  var engine: LoadEngine
  var server: CannedServer
  var now = Instant.epoch
  private(set) var latencies: [Interval] = []

  /// A load that has not begun.
  init(
    _ plan: LoadPlan = LoadBench.plan(), answer: String = LoadBench.answer,
    _ behaviour: CannedServer.Behaviour = .keeps,
    entries: [RequestList.Entry] = [RequestList.Entry(path: "/", host: "server", isLast: false)],
    order: RequestOrder = .recorded([0], next: 0), serverPort: UInt16 = Station.port
  ) {
    var configuration = BenchConfiguration()
    (configuration.mostConnections, configuration.mostReceiveBuffers) = (64, 64)
    var network = configuration.host
    network.hardware = Station.peer.hardware
    network.addresses = HostAddresses(IPv4Address(0x0A09_0002))
    network.port = nil
    network.mostOpenings = 64
    engine = LoadEngine(plan, host: Host(network, at: .epoch), requests: RequestList(entries), order: order)
    server = CannedServer(answer, behaviour, port: serverPort)
  }

  /// One connection that asks ten times.
  static func plan(_ change: (inout LoadPlan) -> Void = { _ in }) -> LoadPlan {
    var plan = LoadPlan(peer: Station.host.address, port: Station.port)
    plan.way = .hardware(Station.host.hardware)
    plan.connections = 1
    plan.mostRequests = 10
    change(&plan)
    return plan
  }

  static let answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"

  /// Lets frames fly until there are none, then time pass to the next deadline, until the load is over.
  /// - Parameter turns: after so many it is given up.
  func run(turns: Int = 2_000) throws {
    for _ in 0..<turns {
      try exchange()
      if engine.isOver { return }
      now = max(now, min(engine.nextDeadline, server.host.nextDeadline))
      engine.fire(at: now)
      server.fire(at: now)
    }
    throw TestFailure("the load does not end")
  }

  private func exchange() throws {
    for _ in 0..<10_000 {
      engine.begin(at: now)
      var isSilent = true
      while engine.makeFrame(at: now) {
        isSilent = false
        server.receive(LoadBench.bytes(engine), at: now)
      }
      while let frame = server.nextFrame(at: now) {
        isSilent = false
        engine.receive(frame.rawSpan, isVouchedFor: false, at: now)
      }
      while let latency = engine.nextLatency() { latencies.append(latency) }
      if isSilent { return }
    }
    throw TestFailure("frames fly for ever")
  }

  private static func bytes(_ engine: borrowing LoadEngine) -> [UInt8] {
    let frame = engine.frame()
    return [UInt8](copying: frame.header) + [UInt8](copying: frame.text.0) + [UInt8](copying: frame.text.1)
      + [UInt8](copying: frame.text.2) + [UInt8](copying: frame.text.3)
  }
}
