import CLinux
import Glibc
import Synchronization

/// What the loop and the reading threads share: requests one way, completions the other, and a bell on each side.
///
/// The loop never waits here: the lock is held for a few instructions, and only the threads sleep, on `work`.
final class ReadExchange: Sendable {
  private struct Queues {
    var requests: RingQueue<ReadRequest>
    var completions: RingQueue<ReadCompletion>
    /// Blocks of requests taken from the loop whose completion it has not taken yet.
    var outstanding = 0
    var isStopping = false
    var bellRings = false
  }

  /// Readable while there are completions.
  let bell: Descriptor
  private let work: Descriptor
  private let queues: Mutex<Queues>
  private let completed = Atomic<Int>(0)
  private let mostBlocks: Int

  /// An exchange for reads of at most `mostBlocks` blocks at once.
  init(mostBlocks: Int) throws(SystemError) {
    bell = Descriptor(owning: try check(clinux_eventfd(), "make an event counter"))
    work = Descriptor(owning: try check(clinux_semaphore(), "make a semaphore"))
    let requests = RingQueue<ReadRequest>(capacity: mostBlocks)
    let completions = RingQueue<ReadCompletion>(capacity: mostBlocks)
    queues = Mutex(Queues(requests: requests, completions: completions))
    self.mostBlocks = mostBlocks
  }

  /// Puts a request in, from the loop.
  /// - Returns: false when as many blocks as there may be are under way.
  func submit(_ request: ReadRequest) -> Bool {
    let isTaken = queues.withLock { queues in
      guard queues.outstanding + request.count <= mostBlocks, !queues.isStopping else { return false }
      queues.outstanding += request.count
      queues.requests.append(request)
      return true
    }
    if isTaken { ReadExchange.add(1, to: work) }
    return isTaken
  }

  /// Takes a completion out, from the loop; nil when there is none.
  func nextCompletion() -> ReadCompletion? {
    guard completed.load(ordering: .acquiring) > 0 else { return nil }
    return queues.withLock { queues in
      guard let completion = queues.completions.popFirst() else { return nil }
      queues.outstanding -= 1
      if completed.subtract(1, ordering: .releasing).newValue == 0, queues.bellRings {
        queues.bellRings = false
        ReadExchange.take(from: bell)
      }
      return completion
    }
  }

  /// Waits for a request, on a reading thread; nil when it is time to end.
  func nextRequest() -> ReadRequest? {
    while true {
      ReadExchange.take(from: work)
      let (request, isStopping) = queues.withLock { ($0.requests.popFirst(), $0.isStopping) }
      if request != nil || isStopping { return request }
    }
  }

  /// Hands over what was read, on a reading thread. The bell is rung under the lock: rung later, it could ring for a
  /// completion that is gone, and never stop.
  func complete(_ completion: ReadCompletion) {
    queues.withLock { queues in
      queues.completions.append(completion)
      completed.add(1, ordering: .releasing)
      guard !queues.bellRings else { return }
      queues.bellRings = true
      ReadExchange.add(1, to: bell)
    }
  }

  /// Lets `threadCount` threads end, each after the read it is at. Requests not yet begun are forgotten.
  func stop(threadCount: Int) {
    queues.withLock { queues in
      queues.isStopping = true
      queues.requests.removeAll()
    }
    ReadExchange.add(UInt64(threadCount), to: work)
  }

  private static func add(_ count: UInt64, to counter: borrowing Descriptor) {
    var value = count
    _ = unsafe write(counter.number, &value, 8)
  }

  private static func take(from counter: borrowing Descriptor) {
    var value: UInt64 = 0
    _ = unsafe read(counter.number, &value, 8)
  }
}
