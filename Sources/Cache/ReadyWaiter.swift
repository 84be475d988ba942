package import Pack

/// Somebody who waited for a block.
package struct ReadyWaiter: Equatable, Sendable {
  /// Who.
  package let waiter: Int
  /// Why the block cannot be had; nil when asking again finds it.
  package let failure: PackError?

  /// Whether the block cannot be had.
  package var isFailed: Bool { failure != nil }
}
