import Pack
import TestKit
import Testing

@testable import Cache

/// The table from blocks to places, against a dictionary.
struct BlockTableTests {
  @Test(arguments: [1, 8, 100] as [Int])
  func `The table answers like a dictionary`(capacity: Int) {
    var random = SeededRandom(seed: 0x5441_424C + UInt64(capacity))
    var table = BlockTable(capacity: capacity)
    var model: [UInt32: Int] = [:]
    // Few numbers, so that they collide and return; among them the highest.
    let numbers = (0..<UInt32(2 * capacity)) + [UInt32.max, .max - 1]
    for step in 0..<20_000 {
      let number = numbers[Int.random(in: 0..<numbers.count, using: &random)]
      if model[number] == nil, model.count < capacity, Bool.random(using: &random) {
        table.insert(BlockNumber(number), at: step % 1_000)
        model[number] = step % 1_000
      } else if Bool.random(using: &random) {
        table.remove(BlockNumber(number))
        model[number] = nil
      }
      #expect(table[BlockNumber(number)] == model[number], "block \(number), step \(step), \(random)")
      #expect(table.count == model.count, "step \(step), \(random)")
    }
    for number in numbers { #expect(table[BlockNumber(number)] == model[number], "\(random)") }
  }

  @Test func `A table full to its capacity still finds and misses`() {
    var table = BlockTable(capacity: 64)
    for number in 0..<UInt32(64) { table.insert(BlockNumber(number * 32), at: Int(number)) }
    for number in 0..<UInt32(64) {
      #expect(table[BlockNumber(number * 32)] == Int(number))
      #expect(table[BlockNumber(number * 32 + 1)] == nil)
    }
  }

  @Test func `What is taken out leaves what collided with it where it is found`() {
    var random = SeededRandom(seed: 0x474F_4E45)
    let numbers = (0..<64).map { _ in UInt32.random(in: 0...(.max), using: &random) }
    for gone in Set(numbers) {
      var table = BlockTable(capacity: 64)
      for number in Set(numbers) { table.insert(BlockNumber(number), at: 1) }
      table.remove(BlockNumber(gone))
      for number in Set(numbers) {
        #expect(table[BlockNumber(number)] == (number == gone ? nil : 1), "\(random)")
      }
    }
  }
}
