import TestKit
import Testing

@testable import Stack

/// Linked lists of numbers.
struct IndexListTests {
  /// The numbers in a list, which are taken out one by one and put back.
  private static func elements(_ list: inout IndexList, of number: Int) -> [Int] {
    var elements = [Int]()
    while let first = list.first(of: number) {
      elements.append(first)
      list.remove(first)
    }
    for element in elements { list.append(element, to: number) }
    return elements
  }

  @Test func `A list keeps the order in which numbers were appended`() {
    var list = IndexList(lists: 2, capacity: 4)
    for index in [2, 0, 3] { list.append(index, to: 1) }
    #expect(IndexListTests.elements(&list, of: 1) == [2, 0, 3])
    #expect(list.first(of: 0) == nil)
    #expect(list.list(of: 0) == 1)
    #expect(list.list(of: 1) == nil)
  }

  @Test(arguments: [0, 1, 2, 3])
  func `A number leaves its list from wherever it stands`(index: Int) {
    var list = IndexList(lists: 1, capacity: 4)
    for index in 0..<4 { list.append(index, to: 0) }
    list.remove(index)
    list.remove(index)
    #expect(IndexListTests.elements(&list, of: 0) == [0, 1, 2, 3].filter { $0 != index })
    list.append(index, to: 0)
    #expect(IndexListTests.elements(&list, of: 0) == [0, 1, 2, 3].filter { $0 != index } + [index])
  }

  @Test func `Lists do what arrays do`() {
    var random = SeededRandom(seed: 1)
    var list = IndexList(lists: 3, capacity: 10)
    var model: [[Int]] = [[], [], []]
    for _ in 0..<2_000 {
      let index = Int.random(in: 0..<10, using: &random)
      if let owner = model.firstIndex(where: { $0.contains(index) }) {
        model[owner].removeAll { $0 == index }
        list.remove(index)
      } else {
        let owner = Int.random(in: 0..<3, using: &random)
        model[owner].append(index)
        list.append(index, to: owner)
      }
      for owner in 0..<3 { #expect(IndexListTests.elements(&list, of: owner) == model[owner], "\(random)") }
    }
  }
}
