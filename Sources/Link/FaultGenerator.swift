/// Random numbers from a seed: the same seed, the same numbers (SplitMix64; Steele, Lea, Flood 2014).
struct FaultGenerator: Equatable {
  private var state: UInt64

  /// The sequence that belongs to `seed`.
  init(seed: UInt64) {
    state = seed
  }

  /// The next number, any of 2⁶⁴.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  /// The next number, below `bound`, which is not zero.
  mutating func next(below bound: UInt64) -> UInt64 {
    next().multipliedFullWidth(by: bound).high
  }

  /// Whether something happens that happens in `partsPerMillion` of all cases.
  mutating func happens(_ partsPerMillion: UInt32) -> Bool {
    next(below: 1_000_000) < UInt64(partsPerMillion)
  }
}
