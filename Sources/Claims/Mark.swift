/// The number that tells a claim's packets from all others on their way out: the broker sets it on the claim's socket
/// (socket(7)), where only a process with CAP_NET_ADMIN can change it.
package struct Mark: Hashable, Comparable, Sendable {
  /// The number: 16 bits that all marks of claims begin with, and 16 that tell them apart.
  package let value: UInt32

  /// What all marks of claims begin with.
  package static let prefix: UInt32 = 0xC4EE_0000
  /// The bits by which a mark is known as that of a claim.
  package static let mask: UInt32 = 0xFFFF_0000
  /// How many marks there are.
  package static let count = 65_535

  /// The mark with a number, counted from 0.
  package init(number: Int) {
    precondition(number >= 0 && number < Mark.count, "there are \(Mark.count) marks")
    value = Mark.prefix | UInt32(number + 1)
  }

  /// The mark of this value; nil when it is none.
  package init?(value: UInt32) {
    guard value & Mark.mask == Mark.prefix, value != Mark.prefix else { return nil }
    self.value = value
  }

  /// Its number, counted from 0.
  package var number: Int { Int(value & ~Mark.mask) - 1 }

  /// The order of the values.
  package static func < (left: Mark, right: Mark) -> Bool { left.value < right.value }
}
