import TestKit
import Testing
import Wire

/// Sequence numbers where they wrap around.
struct SequenceNumberTests {
  /// The places where careless arithmetic traps or changes its sign.
  static let corners: [UInt32] = [
    0, 1, 2, 0x7FFF_FFFE, 0x7FFF_FFFF, 0x8000_0000, 0x8000_0001, 0xFFFF_FFFE, 0xFFFF_FFFF,
  ]

  @Test(arguments: corners)
  func `One further on is later, by one`(value: UInt32) {
    let (number, next) = (SequenceNumber(value), SequenceNumber(value) + 1)
    #expect(number < next && next > number && number <= next && next >= number)
    #expect(!(next < number) && !(number > next) && !(next <= number) && !(number >= next))
    #expect(next.distance(from: number) == 1)
    #expect(number.distance(from: next) == -1)
  }

  @Test(arguments: corners)
  func `A number is neither before nor after itself`(value: UInt32) {
    let number = SequenceNumber(value)
    #expect(!(number < number) && !(number > number) && number <= number && number >= number)
    #expect(number.distance(from: number) == 0)
  }

  @Test(arguments: corners)
  func `Half the space ahead is as far as later reaches`(value: UInt32) {
    let (number, farthest) = (SequenceNumber(value), SequenceNumber(value) + 0x7FFF_FFFF)
    #expect(number < farthest && farthest > number)
    #expect(farthest.distance(from: number) == 0x7FFF_FFFF)
    let (opposite, beyond) = (number + 0x8000_0000, number + 0x8000_0001)
    #expect(!(number < opposite) && !(number > opposite))
    #expect(beyond < number && number > beyond)
  }

  @Test(arguments: corners, corners)
  func `Adding and taking away never trap and lead back`(value: UInt32, count: UInt32) {
    let number = SequenceNumber(value)
    #expect((number + count) - count == number)
    #expect((number - count) + count == number)
    var moved = number
    moved += count
    #expect(moved == number + count)
    #expect(moved.value == UInt32(truncatingIfNeeded: UInt64(value) + UInt64(count)))
  }

  @Test(
    arguments: [
      (0xFFFF_FFFF, 1, 0), (0xFFFF_FFF0, 0x20, 0x10), (0x7FFF_FFFF, 1, 0x8000_0000), (0, 0xFFFF_FFFF, 0xFFFF_FFFF),
    ] as [(UInt32, UInt32, UInt32)])
  func `The number after the last is the first`(value: UInt32, count: UInt32, sum: UInt32) {
    #expect(SequenceNumber(value) + count == SequenceNumber(sum))
  }

  @Test(
    arguments: [
      (0x10, 0xFFFF_FFF0, 0x20), (0xFFFF_FFF0, 0x10, -0x20), (0x8000_0000, 0x7FFF_FFFF, 1), (0, 0xFFFF_FFFF, 1),
    ] as [(UInt32, UInt32, Int)])
  func `Distances reach across the wrap`(later: UInt32, earlier: UInt32, distance: Int) {
    #expect(SequenceNumber(later).distance(from: SequenceNumber(earlier)) == distance)
  }

  @Test func `Order within half the space is the order of distances`() {
    var random = SeededRandom(seed: 793)
    for _ in 0..<10_000 {
      let number = SequenceNumber(UInt32.random(in: .min ... .max, using: &random))
      let count = UInt32.random(in: 1..<0x8000_0000, using: &random)
      let later = number + count
      #expect(number < later && !(later < number), "\(number.value) + \(count), \(random)")
      #expect(later.distance(from: number) == Int(count), "\(number.value) + \(count), \(random)")
      #expect(SequenceNumber.max(number, later) == later, "\(number.value) + \(count), \(random)")
      #expect(SequenceNumber.max(later, number) == later, "\(number.value) + \(count), \(random)")
    }
  }

  @Test(arguments: corners)
  func `A window holds its first number and not the one behind its last`(start: UInt32) {
    let first = SequenceNumber(start)
    #expect(first.isIn(first, count: 1))
    #expect((first + 65_534).isIn(first, count: 65_535))
    #expect(!(first + 65_535).isIn(first, count: 65_535))
    #expect(!(first - 1).isIn(first, count: 65_535))
    #expect(!first.isIn(first, count: 0))
    #expect((first - 1).isIn(first, count: .max) == false)
    #expect((first - 2).isIn(first, count: .max))
  }
}
