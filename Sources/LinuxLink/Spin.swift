package import Time

/// How long a loop asks its device again and again before it sleeps, learned from how long it had to wait.
///
/// Who sleeps has to be woken, and what has arrived waits until then; who asks keeps a processor busy. A wait that was shorter
/// than the longest spin was not worth the sleep, so the next spin is longer. After a longer wait the spin was in vain, so the
/// next is shorter. Under load a loop hardly sleeps, and one whose frames are far apart hardly spins. (Linux does so for its
/// guests: Documentation/virt/guest-halt-polling.rst.)
package struct Spin: Sendable {
  /// The longest spin: a few times what a sleep and a wake-up cost, which is part of each wait that ends a sleep. Half of this was too
  /// short where that costs 30 µs: a single connection had answers within 20 µs or within 50, by chance (docs/BENCHMARKS.md, nginx).
  package static let longest = Interval.microseconds(100)
  /// Where learning begins, at first and again after the last spin was given up.
  package static let first = Interval.microseconds(10)

  /// How long to ask before the next sleep; zero where it has never been of use.
  package private(set) var limit: Interval
  /// Whether there is more than one processor, so that somebody can send while this one asks.
  package let isOfUse: Bool

  /// A spin for a machine with so many processors. With a single one whoever spins keeps others from sending.
  package init(processors: Int) {
    isOfUse = processors > 1
    limit = isOfUse ? Spin.first : .zero
  }

  /// Learns from a wait for a frame, from the one before it to the wake-up.
  package mutating func waited(_ length: Interval) {
    guard isOfUse else { return }
    if length < Spin.longest {
      limit = min(max(limit + limit, Spin.first), Spin.longest)
    } else {
      let half = Interval(nanoseconds: limit.nanoseconds / 2)
      limit = half < .microseconds(1) ? .zero : half
    }
  }
}
