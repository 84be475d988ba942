import Stack
import Testing

@testable import Server

/// The line of those who found no place.
struct WaitingLineTests {
  private static func id(_ number: Int) -> ConnectionID { ConnectionID(place: number) }

  @Test func `It is left in the order in which it was joined`() {
    var line = WaitingLine(capacity: 100)
    var next = (joins: 0, leaves: 0)
    for round in 0..<200 {
      for _ in 0..<(round % 7) where next.joins - next.leaves < 100 {
        line.append(WaitingLineTests.id(next.joins))
        next.joins += 1
      }
      for _ in 0..<(round % 5) where next.leaves < next.joins {
        #expect(line.popFirst() == WaitingLineTests.id(next.leaves))
        next.leaves += 1
      }
      #expect(line.isEmpty == (next.joins == next.leaves))
    }
  }

  @Test(arguments: 0..<6) func `Who goes leaves the others where they are`(gone: Int) {
    var line = WaitingLine(capacity: 6)
    for number in 0..<6 { line.append(WaitingLineTests.id(number)) }
    #expect(line.popFirst() == WaitingLineTests.id(0))
    line.remove(WaitingLineTests.id(gone))
    line.remove(WaitingLineTests.id(99))
    for number in 1..<6 where number != gone { #expect(line.popFirst() == WaitingLineTests.id(number)) }
    #expect(line.popFirst() == nil && line.isEmpty)
  }
}
