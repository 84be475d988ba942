import TestKit
import Testing

@testable import Wire

/// Places in memory that is taken once.
struct TableTests {
  @Test func `Values stand in the order in which they came, and the last leaves first`() {
    var table = Table<Int>(capacity: 3)
    #expect(table.isEmpty == true)
    for value in [7, 8, 9] { table.append(value) }
    table[1] += 100
    #expect(table.indices == 0..<3)
    #expect([table[0], table[1], table[2]] == [7, 108, 9])
    #expect(table.popLast() == 9)
    #expect(table.count == 2)
    table.append(10)
    #expect(table[2] == 10)
    for _ in 0..<3 { _ = table.popLast() }
    #expect(table.popLast() == nil)
  }

  @Test func `A table can begin full of one value`() {
    var table = Table(repeating: "value", count: 4)
    table[3] = "another"
    #expect(table.count == 4 && table.capacity == 4)
    #expect([table[0], table[3]] == ["value", "another"])
  }

  @Test func `What stands in a table ends with it, once`() {
    final class Guest {
      let leave: () -> Void
      init(_ leave: @escaping () -> Void) { self.leave = leave }
      deinit { leave() }
    }
    var left = 0
    do {
      var table = Table<Guest>(capacity: 8)
      for _ in 0..<5 { table.append(Guest { left += 1 }) }
      _ = table.popLast()
      #expect(left == 1)
      table[0] = Guest { left += 1 }
      #expect(left == 2)
    }
    #expect(left == 6)
  }

  @Test func `A place that was never taken traps`() async {
    await #expect(processExitsWith: .failure) {
      let table = Table<Int>(capacity: 4)
      _ = table[0]
    }
    await #expect(processExitsWith: .failure) {
      var table = Table<Int>(capacity: 1)
      table.append(1)
      table.append(2)
    }
    await #expect(processExitsWith: .failure) {
      let table = Table(repeating: 1, count: 1)
      _ = table[-1]
    }
  }
}
