import LinuxLink
import Synchronization

/// The workers of a server: each has a device, an engine and a processor of its own, and they share nothing but this.
///
/// The first is the thread of the process that gets its signals; it passes on what they ask for. Flows stay on their
/// worker, since the kernel deals out frames by the hash of the flow.
final class Crew: Sendable {
  /// Where the others get their orders; one for each worker but the first.
  let orders: [Mailbox<WorkerOrder>]
  /// Where the first gets what others have found out.
  let news: Mailbox<WorkerOrder>
  private let done = Mutex(Tally())

  /// A crew of so many workers.
  init(count: Int) throws(SystemError) {
    var orders: [Mailbox<WorkerOrder>] = []
    for _ in 1..<max(count, 1) { orders.append(try Mailbox()) }
    self.orders = orders
    news = try Mailbox()
  }

  /// Whether there is more than one worker.
  var isMany: Bool { !orders.isEmpty }

  /// Passes an order on to all workers but the first.
  func pass(_ order: WorkerOrder) {
    for mailbox in orders { mailbox.post(order) }
  }

  /// Adds what a worker has done, at its end.
  func add(_ tally: Tally) {
    done.withLock { $0 = $0 + tally }
  }

  /// What the workers that have ended have done together.
  var total: Tally { done.withLock { $0 } }
}
