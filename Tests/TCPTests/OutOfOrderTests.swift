import TestKit
import Testing
import Time
import Wire

@testable import TCP

/// Stretches of text ahead of a gap against a set of numbers.
struct OutOfOrderTests {
  static func block(_ left: Int, _ right: Int, _ base: UInt32 = 0) -> SelectiveBlock {
    SelectiveBlock(
      left: SequenceNumber(base &+ UInt32(truncatingIfNeeded: left)),
      right: SequenceNumber(base &+ UInt32(truncatingIfNeeded: right)))
  }

  static func ranges(_ stretches: OutOfOrder, _ base: UInt32 = 0) -> [Range<Int>] {
    (0..<stretches.blocks.count).map { index in
      let block = stretches.blocks[index]
      return Int(block.left.value &- base)..<Int(block.right.value &- base)
    }
  }

  @Test func `Stretches that touch become one`() {
    var stretches = OutOfOrder()
    for (left, right) in [(10, 20), (30, 40), (20, 30)] {
      let isKept = stretches.insert(OutOfOrderTests.block(left, right))
      #expect(isKept)
    }
    #expect(OutOfOrderTests.ranges(stretches) == [10..<40])
  }

  @Test func `A fifth stretch is refused, and what joins others is not`() {
    var stretches = OutOfOrder()
    for left in [50, 10, 70, 30] { _ = stretches.insert(OutOfOrderTests.block(left, left + 10)) }
    #expect(OutOfOrderTests.ranges(stretches) == [10..<20, 30..<40, 50..<60, 70..<80])
    for (left, right) in [(0, 5), (22, 28), (90, 95)] {
      let isKept = stretches.insert(OutOfOrderTests.block(left, right))
      #expect(!isKept)
    }
    #expect(OutOfOrderTests.ranges(stretches) == [10..<20, 30..<40, 50..<60, 70..<80])
    let isKept = stretches.insert(OutOfOrderTests.block(15, 55))
    #expect(isKept)
    #expect(OutOfOrderTests.ranges(stretches) == [10..<60, 70..<80])
  }

  @Test func `Text in order takes along what it reaches`() {
    var stretches = OutOfOrder()
    for left in [10, 30, 50] { _ = stretches.insert(OutOfOrderTests.block(left, left + 10)) }
    #expect(stretches.advance(from: SequenceNumber(5)) == SequenceNumber(5))
    #expect(stretches.advance(from: SequenceNumber(10)) == SequenceNumber(20))
    #expect(stretches.advance(from: SequenceNumber(35)) == SequenceNumber(40))
    #expect(stretches.advance(from: SequenceNumber(70)) == SequenceNumber(70))
    #expect(stretches.isEmpty)
  }

  @Test func `Text that is taken back is not acknowledged, and taken when it comes again`() {
    var connection = Connection.established()
    #expect(connection.segmentArrives(Segment(count: 100), at: .epoch).text == 0..<100)
    connection.consume(40)
    let isTakenBack = connection.declineText()
    #expect(isTakenBack && connection.unread == 0)
    #expect(connection.rcv.nxt == SequenceNumber(5_041))
    let again = connection.segmentArrives(Segment(count: 100), at: Instant(nanoseconds: 1_000_000_000))
    #expect(again.text == 40..<100 && again.textOffset == 0 && connection.unread == 60)
  }

  @Test func `Text before a FIN is not taken back`() {
    var connection = Connection.established()
    _ = connection.segmentArrives(Segment(.fin, count: 100), at: .epoch)
    let isTakenBack = connection.declineText()
    #expect(!isTakenBack && connection.unread == 100)
  }

  @Test func `Text that is thrown away makes room, and a gap is forgotten`() {
    var connection = Connection.established()
    _ = connection.segmentArrives(Segment(count: 100), at: .epoch)
    _ = connection.segmentArrives(Segment(sequence: 201, count: 100), at: .epoch)
    #expect(connection.held == 300)
    connection.discardText()
    #expect(connection.held == 0 && connection.unread == 0)
    let rest = connection.segmentArrives(Segment(sequence: 101, count: 200), at: .epoch)
    #expect(rest.text == 0..<200 && connection.unread == 200)
  }

  @Test(arguments: [0, 0x7FFF_FFE0, 0xFFFF_FFE0] as [UInt32])
  func `Stretches do what a set of numbers does`(base: UInt32) {
    var random = SeededRandom(seed: UInt64(base))
    for _ in 0..<200 {
      var stretches = OutOfOrder()
      var model = Set<Int>()
      var next = 0
      for _ in 0..<20 {
        let left = Int.random(in: (next + 1)..<(next + 60), using: &random)
        let right = left + Int.random(in: 1...12, using: &random)
        if stretches.insert(OutOfOrderTests.block(left, right, base)) {
          model.formUnion(left..<right)
        }
        if Int.random(in: 0..<4, using: &random) == 0 {
          next += Int.random(in: 1...10, using: &random)
          while model.contains(next) { next += 1 }
          model = model.filter { $0 >= next }
          let start = SequenceNumber(base &+ UInt32(next))
          let reached = stretches.advance(from: start)
          #expect(reached == start, "\(random)")
        }
        let ranges = OutOfOrderTests.ranges(stretches, base)
        #expect(Set(ranges.flatMap { $0 }).filter { $0 >= next } == model, "\(random)")
        #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound }, "\(random)")
      }
    }
  }
}
