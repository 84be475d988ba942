import Glibc
import Synchronization

/// A disk that misbehaves once, for tests: one answer of the kernel is replaced by a worse one.
package final class ReadFaults: Sendable {
  /// What becomes of the answer.
  package enum Kind: Equatable, Sendable {
    /// The disk reports an error.
    case failure
    /// Half of what was asked for is there; asking again gets the rest.
    case short
    /// The file seems to end in the midst of a block.
    case end
  }

  /// Which answer is replaced, counted from 1; 0 for none.
  package let number: Int
  /// By what.
  package let kind: Kind

  private let asked = Atomic<Int>(0)

  /// Replaces one answer.
  package init(_ kind: Kind, number: Int) {
    self.kind = kind
    self.number = number
  }

  /// How many answers there have been.
  package var count: Int { asked.load(ordering: .relaxed) }

  /// What the reader is told instead of `result`.
  func answer(_ result: Int) -> Int {
    guard asked.add(1, ordering: .relaxed).newValue == number else { return result }
    switch kind {
    case .failure: return -Int(EIO)
    case .short: return result / 2 / 512 * 512
    case .end: return max(result - 1_000, 0)
    }
  }
}
