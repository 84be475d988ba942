/// Pieces of work, done on several threads, whose outcomes are taken in the order of their numbers: what comes of them is
/// the same however many threads there are.
package struct OrderedWork<Outcome: Sendable>: Sendable {
  /// What a piece of work reports to whoever takes the outcomes.
  package enum Event: Sendable {
    /// It has come a step further.
    case step
    /// It is done.
    case done(Outcome)
  }

  /// Tells that a piece of work has come a step further.
  /// - Returns: whether its outcome is still wanted; one that is not need not be right.
  package typealias Step = @Sendable () -> Bool

  private struct Slot {
    var steps = 0
    var outcome: Outcome?
  }

  private struct State {
    var next = 0
    /// The piece whose events are taken.
    var current = 0
    var slots: [Int: Slot] = [:]
    var isStopped = false
  }

  private let count: Int
  private let jobs: Int

  /// So many pieces of work, numbered from 0.
  /// - Parameter jobs: threads; nil for one for each processor.
  package init(count: Int, jobs: Int?) {
    self.count = count
    self.jobs = min(max(jobs ?? Threads.processorCount, 1), max(count, 1))
  }

  /// Does all of it.
  /// - Parameters:
  ///   - work: does a piece, on any thread; told how to report a step.
  ///   - take: takes an event, on the calling thread. What it throws ends the work when each piece begun is done or at its next step.
  package func run<Failure: Error>(
    _ work: @escaping @Sendable (Int, Step) -> Outcome, take: (Int, Event) throws(Failure) -> Void
  ) throws(Failure) {
    let monitor = Monitor(State())
    // Outcomes wait for their turn in memory: no thread runs further ahead than this.
    let (count, window) = (count, jobs * 4)
    let threads = Threads(jobs) { OrderedWork.work(work, count, window, monitor) }
    precondition(threads.count > 0 || count == 0, "the system starts no thread")
    defer {
      monitor.change { $0.isStopped = true }
      threads.join()
    }
    for number in 0..<count {
      while true {
        let event = OrderedWork.nextEvent(of: number, monitor)
        try take(number, event)
        if case .done = event { break }
      }
    }
  }

  /// What a thread does.
  private static func work(
    _ work: @Sendable (Int, Step) -> Outcome, _ count: Int, _ window: Int, _ monitor: Monitor<State>
  ) {
    while true {
      let number: Int = monitor.wait { state in
        if state.isStopped || state.next == count { return count }
        guard state.next < state.current + window else { return nil }
        state.next += 1
        return state.next - 1
      }
      guard number < count else { return }
      let outcome = work(number) {
        var isWanted = false
        monitor.change { state in
          state.slots[number, default: Slot()].steps += 1
          isWanted = !state.isStopped
        }
        return isWanted
      }
      monitor.change { $0.slots[number, default: Slot()].outcome = outcome }
    }
  }

  /// Waits for a piece's next event: its steps one by one, then its outcome.
  private static func nextEvent(of number: Int, _ monitor: Monitor<State>) -> Event {
    let event: Event = monitor.wait { state in
      guard let slot = state.slots[number] else { return nil }
      if slot.steps > 0 {
        state.slots[number]?.steps -= 1
        return .step
      }
      guard let outcome = slot.outcome else { return nil }
      state.slots[number] = nil
      state.current = number + 1
      return .done(outcome)
    }
    // Whoever waits for the window to move is to know.
    if case .done = event { monitor.change { _ in } }
    return event
  }
}
