import Admin
import LinuxLink
import Synchronization

/// A question to all workers how they stand, which each answers between two turns.
final class ReportRequest: Sendable {
  /// Whether to tell of every connection.
  let withConnections: Bool
  private let state: Mutex<State>

  private struct State {
    var missing: Int
    var workers: [WorkerReport] = []
    var isGivenUp = false
    var waiting: CheckedContinuation<ServerReport?, Never>?

    /// Whether there is nothing more to wait for.
    var isOver: Bool { missing == 0 || isGivenUp }
    /// What there is to say; nil where answers are missing.
    var report: ServerReport? { missing == 0 ? ServerReport(workers: workers) : nil }
  }

  /// A question to so many workers.
  init(to count: Int, withConnections: Bool) {
    self.withConnections = withConnections
    state = Mutex(State(missing: count))
  }

  /// A worker's answer.
  func answer(_ report: WorkerReport) {
    finish {
      $0.workers.append(report)
      $0.missing -= 1
    }
  }

  /// Ends the wait for workers that do not answer.
  func giveUp() {
    finish { $0.isGivenUp = true }
  }

  /// Waits for all answers.
  /// - Returns: nil where some never came.
  func outcome() async -> ServerReport? {
    await withCheckedContinuation { continuation in
      finish { $0.waiting = continuation }
    }
  }

  private func finish(_ change: (inout State) -> Void) {
    let (waiting, report) = state.withLock { state in
      change(&state)
      return (state.isOver ? state.waiting.take() : nil, state.report)
    }
    waiting?.resume(returning: report)
  }
}

extension Crew {
  /// How long workers may take to answer. They do so within milliseconds, unless something is wrong.
  private static let patience = Duration.seconds(2)

  /// Asks all workers how they stand.
  /// - Returns: nil where one does not answer.
  func report(withConnections: Bool) async -> ServerReport? {
    let request = ReportRequest(to: orders.count + 1, withConnections: withConnections)
    pass(.report(request))
    news.post(.report(request))
    let patience = Task {
      try await Task.sleep(for: Crew.patience)
      request.giveUp()
    }
    defer { patience.cancel() }
    var report = await request.outcome()
    if let memory = ResidentMemory.now {
      report?.anonymousMemory = memory.anonymous
      report?.fileMemory = memory.file
    }
    return report
  }
}
