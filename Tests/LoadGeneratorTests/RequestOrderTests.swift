import Testing

@testable import LoadGenerator

/// Which request comes next.
struct RequestOrderTests {
  @Test func `A recorded order comes over and over`() {
    var order = RequestOrder.recorded([2, 0, 1], next: 0)
    #expect((0..<7).map { _ in order.next() } == [2, 0, 1, 2, 0, 1, 2])
  }

  @Test func `The same seed draws the same`() {
    let draw = WeightedDraw([1, 2, 3])
    var left = RequestOrder.drawn(draw, RandomSequence(seed: 7))
    var right = RequestOrder.drawn(draw, RandomSequence(seed: 7))
    #expect((0..<100).map { _ in left.next() } == (0..<100).map { _ in right.next() })
  }

  @Test func `Draws come in proportion to their weights`() {
    let weights = [5.0, 0, 1, 3, 1]
    let draw = WeightedDraw(weights)
    var random = RandomSequence(seed: 1)
    var counts = [Int](repeating: 0, count: weights.count)
    for _ in 0..<100_000 { counts[draw.next(from: &random)] += 1 }
    #expect(counts[1] == 0)
    for (count, weight) in zip(counts, weights) { #expect(abs(Double(count) - weight * 10_000) < 600, "\(counts)") }
  }

  @Test func `Zipf's law draws the first twice as often as the second, and so on`() {
    let draw = WeightedDraw(count: 1_000) { 1 / $0 }
    var random = RandomSequence(seed: 2)
    var counts = [Int](repeating: 0, count: 1_000)
    for _ in 0..<200_000 { counts[draw.next(from: &random)] += 1 }
    let ratio = Double(counts[0]) / Double(counts[1])
    #expect(ratio > 1.9 && ratio < 2.1, "\(counts[0]) and \(counts[1])")
    #expect(counts[999] > 0)
  }
}
