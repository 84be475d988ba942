/// Draws numbers with weights, each in the same short time (Walker 1977, in the form of Vose 1991).
///
/// A draw picks a column, all alike; the column holds its own number up to its share, and an alias beyond.
package struct WeightedDraw: Sendable {
  private var shares: [Double]
  private var aliases: [Int]

  /// A draw of 0 to `weights.count - 1`. There is one weight at least, none is negative, and some is not zero.
  package init(_ weights: [Double]) {
    let total = weights.reduce(0, +)
    precondition(total > 0, "nothing can be drawn")
    shares = weights.map { $0 * Double(weights.count) / total }
    aliases = Array(weights.indices)
    var poor = shares.indices.filter { shares[$0] < 1 }
    var rich = shares.indices.filter { shares[$0] >= 1 }
    while let taker = poor.popLast(), let giver = rich.popLast() {
      aliases[taker] = giver
      shares[giver] -= 1 - shares[taker]
      if shares[giver] < 1 { poor.append(giver) } else { rich.append(giver) }
    }
    // What is left should be full, and is but for rounding.
    for column in poor + rich where aliases[column] == column { shares[column] = 1 }
  }

  /// Zipf's law: the k-th of `count` numbers is drawn in proportion to k⁻ˢ for the exponent s; 0 draws all alike.
  /// - Parameter power: k⁻ˢ for a k.
  package init(count: Int, power: (Double) -> Double) {
    self.init((1...count).map { power(Double($0)) })
  }

  /// A number.
  package func next(from random: inout RandomSequence) -> Int {
    let bits = random.next()
    let column = Int(truncatingIfNeeded: bits.multipliedFullWidth(by: UInt64(shares.count)).high)
    // The low bits are not those that have chosen the column.
    let share = Double(random.next() >> 11) * 0x1p-53
    return share < shares[column] ? column : aliases[column]
  }
}
