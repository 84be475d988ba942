package import Time

/// How long a loop asks its device again and again before it sleeps, learned from how long it had to wait.
///
/// Who sleeps has to be woken, and what has arrived waits until then; who asks keeps a processor busy. A wait that was shorter
/// than the longest spin was not worth the sleep, so the next spin is longer. After a longer wait the spin was in vain, so the
/// next is shorter. Under load a loop hardly sleeps, and one whose frames are far apart hardly spins. (Linux does so for its
/// guests: Documentation/virt/guest-halt-polling.rst.)
package struct Spin: Sendable {
  /// The longest spin: a few times what a sleep and a wake-up cost.
  package static let longest = Interval.microseconds(50)
  /// Where learning begins, at first and again after the last spin was given up.
  package static let first = Interval.microseconds(10)

  /// How long to ask before the next sleep; zero where it has never been of use.
  package private(set) var limit: Interval
  private let canSpin: Bool
  /// How long the usual long wait is, smoothed.
  private var usual = Interval.zero
  /// How many long waits were like it, less those that were not.
  private var trust = 0
  /// Waits like the usual one before anything is made of it; twice as many are remembered.
  private static let leastTrust = 4
  /// The shortest wait that is worth a sleep and a spin: an eighth of it is what it takes to be woken.
  private static let shortestForetold = Interval.microseconds(400)
  /// The most that the loop is up before a frame is due.
  private static let mostMargin = Interval.microseconds(200)

  /// A spin for a machine with so many processors. With a single one whoever spins keeps others from sending.
  package init(processors: Int) {
    canSpin = processors > 1
    limit = canSpin ? Spin.first : .zero
  }

  /// When in a wait the next frame is due, measured from what came before it; nil where nothing foretells that.
  ///
  /// A peer that acknowledges what it was sent does so a round trip later, again and again. To be woken by that costs as much as
  /// to send a flight, so who knows when it is due wakes up shortly before, and asks: for an eighth of the wait, a quarter
  /// when nothing comes, and only where one wait is like the other.
  package var due: Range<Interval>? {
    guard canSpin, trust >= Spin.leastTrust, usual >= Spin.shortestForetold else { return nil }
    return window
  }

  /// The waits that are like the usual one.
  private var window: Range<Interval> {
    let margin = min(usual.nanoseconds / 8, Spin.mostMargin.nanoseconds)
    return Interval(nanoseconds: usual.nanoseconds - margin)..<Interval(nanoseconds: usual.nanoseconds + margin + 1)
  }

  /// Learns from a wait for a frame, from the one before it to the wake-up.
  package mutating func waited(_ length: Interval) {
    guard canSpin else { return }
    if length < Spin.longest {
      limit = min(max(limit + limit, Spin.first), Spin.longest)
    } else {
      learn(length)
      let half = Interval(nanoseconds: limit.nanoseconds / 2)
      limit = half < .microseconds(1) ? .zero : half
    }
  }

  /// Learns from a long wait when frames are due.
  private mutating func learn(_ length: Interval) {
    if window.contains(length) {
      usual = Interval(nanoseconds: (7 * usual.nanoseconds + length.nanoseconds) / 8)
      trust = min(trust + 1, 2 * Spin.leastTrust)
    } else if trust > 1 {
      trust -= 1
    } else {
      (usual, trust) = (length, 0)
    }
  }
}
