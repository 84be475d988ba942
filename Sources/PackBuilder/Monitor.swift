import Glibc

/// State that threads share, and wait for to change.
@safe
final class Monitor<State>: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  private var state: State

  /// A monitor of this state.
  init(_ state: State) {
    self.state = state
    unsafe mutex = .allocate(capacity: 1)
    unsafe condition = .allocate(capacity: 1)
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(condition, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(condition)
    unsafe pthread_mutex_destroy(mutex)
    unsafe condition.deallocate()
    unsafe mutex.deallocate()
  }

  /// Changes the state, and wakes all who wait for it to change.
  func change(_ body: (inout State) -> Void) {
    unsafe pthread_mutex_lock(mutex)
    body(&state)
    unsafe pthread_cond_broadcast(condition)
    unsafe pthread_mutex_unlock(mutex)
  }

  /// Waits until `body`, which is asked again after each change, has an answer.
  func wait<Answer>(for body: (inout State) -> Answer?) -> Answer {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while true {
      if let answer = body(&state) { return answer }
      unsafe pthread_cond_wait(condition, mutex)
    }
  }
}

/// Threads that do one thing and end.
@safe
struct Threads {
  private var handles: [pthread_t] = []

  /// Starts threads, fewer where the system gives no more.
  init(_ count: Int, _ body: @escaping @Sendable () -> Void) {
    for _ in 0..<count {
      var thread = pthread_t()
      let context = unsafe Unmanaged.passRetained(Work(body))
      let code = unsafe pthread_create(
        &thread, nil,
        { context in
          guard let context = unsafe context else { return nil }
          unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
          return nil
        }, context.toOpaque())
      guard code == 0 else {
        unsafe context.release()
        break
      }
      handles.append(thread)
    }
  }

  /// How many there are.
  var count: Int { handles.count }

  /// Waits until all of them have ended.
  func join() {
    for thread in handles { pthread_join(thread, nil) }
  }

  /// Processors of the machine, at least 1.
  static var processorCount: Int { max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1) }

  private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
      self.body = body
    }
  }
}
