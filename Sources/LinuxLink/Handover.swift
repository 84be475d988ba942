import Synchronization

/// A value on its way to another thread: whoever made it gives it up, whoever takes it has it alone.
@safe
package final class Handover<Value: ~Copyable>: @unchecked Sendable {
  private let place: UnsafeMutablePointer<Value>
  private let isTaken = Atomic(false)

  /// Gives up a value.
  package init(_ value: consuming Value) {
    unsafe place = .allocate(capacity: 1)
    unsafe place.initialize(to: value)
  }

  deinit {
    if !isTaken.load(ordering: .acquiring) { unsafe place.deinitialize(count: 1) }
    unsafe place.deallocate()
  }

  /// Takes the value; traps the second time.
  package func take() -> Value {
    precondition(!isTaken.exchange(true, ordering: .acquiringAndReleasing), "the value was taken")
    return unsafe place.move()
  }
}
