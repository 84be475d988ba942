import Foundation

/// Random numbers that come again: the same seed gives the same sequence, on every machine (SplitMix64, Steele et al. 2014).
///
/// A test writes its generator into the message of every expectation, so that a failure says how to repeat it.
/// `CHEETAH_SEED` in the environment, decimal or with `0x`, takes the place of every seed a test has chosen.
package struct SeededRandom: RandomNumberGenerator, Sendable {
  /// What the sequence began with.
  package let seed: UInt64

  private var state: UInt64

  /// The sequence of this seed, or of the seed in the environment.
  package init(seed: UInt64) {
    self.init(exactly: SeededRandom.environmentSeed ?? seed)
  }

  /// The sequence of this seed, whatever the environment says.
  package init(exactly seed: UInt64) {
    self.seed = seed
    self.state = seed
  }

  /// The next number; all of 2⁶⁴ come once in a period.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  /// So many random bytes.
  package mutating func bytes(count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &self) }
  }

  private static let environmentSeed: UInt64? = ProcessInfo.processInfo.environment["CHEETAH_SEED"].map { text in
    guard let seed = SeededRandom.seed(from: text) else {
      preconditionFailure("CHEETAH_SEED is \(text), which is not a number of 64 bits")
    }
    return seed
  }

  /// The number that a text means, decimal or hexadecimal after `0x`.
  package static func seed(from text: String) -> UInt64? {
    text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
  }
}

extension SeededRandom: CustomStringConvertible {
  /// What to set in the environment to see the same numbers again.
  package var description: String { "CHEETAH_SEED=\(seed)" }
}
