import Admin
import Dispatch
import Synchronization
import Wire

/// The admin server at work, until the process ends.
enum AdminTask {
  /// What became of the start.
  private final class Start: Sendable {
    let failure = Mutex<String?>(nil)
    let isKnown = DispatchSemaphore(value: 0)
  }

  /// Starts the server, and waits until it listens.
  static func start(at address: SocketAddress, of crew: Crew) throws(CommandFailure) {
    let start = Start()
    do {
      let server = try AdminServer(
        address: "\(address.address)", isVersion6: address.address.family == .ipv6, port: address.port
      ) {
        await crew.report(withConnections: $0)
      }
      Task {
        do {
          try await server.run()
        } catch {
          start.failure.withLock { $0 = "\(error)" }
          start.isKnown.signal()
        }
      }
      Task {
        try await server.waitUntilListening()
        start.isKnown.signal()
      }
    } catch {
      throw .failed("cannot serve metrics at \(address): \(error)")
    }
    start.isKnown.wait()
    if let failure = start.failure.withLock({ $0 }) { throw .failed("cannot serve metrics at \(address): \(failure)") }
  }
}
