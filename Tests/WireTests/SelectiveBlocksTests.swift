import TestKit
import Testing
import Wire

/// The list of stretches that have arrived.
struct SelectiveBlocksTests {
  static func block(_ number: UInt32) -> SelectiveBlock {
    SelectiveBlock(left: SequenceNumber(number), right: SequenceNumber(number + 1))
  }

  static func blocks(_ numbers: [UInt32]) -> SelectiveBlocks {
    var blocks = SelectiveBlocks()
    for number in numbers { blocks.append(block(number)) }
    return blocks
  }

  @Test func `Blocks stand in the order in which they were appended`() {
    let blocks = SelectiveBlocksTests.blocks([3, 1, 2])
    #expect(blocks.count == 3)
    #expect((0..<3).map { blocks[$0].left.value } == [3, 1, 2])
  }

  @Test func `A fifth block is not taken`() {
    let blocks = SelectiveBlocksTests.blocks([1, 2, 3, 4, 5])
    #expect(blocks.count == SelectiveBlocks.capacity)
    #expect(blocks == SelectiveBlocksTests.blocks([1, 2, 3, 4]))
  }

  @Test func `Lists are equal when their blocks are, in order`() {
    #expect(SelectiveBlocks() == SelectiveBlocks())
    #expect(SelectiveBlocksTests.blocks([1, 2]) == SelectiveBlocksTests.blocks([1, 2]))
    #expect(SelectiveBlocksTests.blocks([1, 2]) != SelectiveBlocksTests.blocks([2, 1]))
    #expect(SelectiveBlocksTests.blocks([1, 2]) != SelectiveBlocksTests.blocks([1]))
  }

  @Test func `A block that is not there traps`() async {
    await #expect(processExitsWith: .failure) { _ = SelectiveBlocks()[0] }
    await #expect(processExitsWith: .failure) { _ = SelectiveBlocksTests.blocks([1])[1] }
    await #expect(processExitsWith: .failure) { _ = SelectiveBlocksTests.blocks([1])[-1] }
  }
}
