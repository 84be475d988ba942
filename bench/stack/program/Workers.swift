import LinuxLink
import Synchronization

/// The same on several threads at once.
enum Workers {
  private final class Results: Sendable {
    let measurements = Mutex<[Measurement]>([])
  }

  /// Runs `body` with the numbers from 0, each on a thread of its own, and waits for all.
  static func measure(count: Int, _ body: @escaping @Sendable (Int) -> Measurement) throws -> [Measurement] {
    let results = Results()
    var threads: [WorkerThread] = []
    defer { threads.forEach { $0.join() } }
    for number in 0..<count {
      let thread = try WorkerThread(name: "worker \(number)") {
        let measurement = body(number)
        results.measurements.withLock { $0.append(measurement) }
      }
      threads.append(thread)
    }
    threads.forEach { $0.join() }
    threads = []
    return results.measurements.withLock { $0 }
  }
}
