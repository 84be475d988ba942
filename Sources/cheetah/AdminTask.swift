import Admin
import Dispatch
import Synchronization
import SystemPackage
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
      let server = try AdminServer(address: address.address, port: address.port) {
        await crew.report(withConnections: $0)
      }
      Task {
        do {
          try await server.run()
        } catch {
          start.failure.withLock { $0 = reason(error) }
          start.isKnown.signal()
        }
      }
      Task {
        try await server.waitUntilListening()
        start.isKnown.signal()
      }
    } catch {
      throw .failed("cannot serve metrics at \(address): \(reason(error))")
    }
    start.isKnown.wait()
    if let failure = start.failure.withLock({ $0 }) { throw .failed("cannot serve metrics at \(address): \(failure)") }
  }

  /// Why the address cannot be had, and what to type.
  private static func reason(_ error: any Error) -> String {
    guard let error = error as? AdminRefusal else { return "\(error)" }
    let message = error.reason
    return switch Errno(rawValue: error.code) {
    case .addressInUse:
      "\(message)\n  choose another port, or find who has it:  ss --listening --tcp --numeric --processes"
    case .addressNotAvailable: "\(message)\n  choose an address of this machine, such as 127.0.0.1:9180"
    case .permissionDenied: "\(message)\n  choose a port from 1024 on, such as 127.0.0.1:9180"
    default: message
    }
  }
}
