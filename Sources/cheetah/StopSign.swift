import Synchronization

/// Tells a thread that what it does is of no use any more.
final class StopSign: Sendable {
  private let state = Atomic(false)

  /// A sign that is not set.
  init() {}

  /// Whether the thread is to stop.
  var isSet: Bool { state.load(ordering: .acquiring) }

  /// Sets it, for good.
  func set() { state.store(true, ordering: .releasing) }
}
