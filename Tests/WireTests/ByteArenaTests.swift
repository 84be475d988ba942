import TestKit
import Testing
import Wire

/// Memory that is allocated once.
struct ByteArenaTests {
  /// An arena whose byte at each offset is that offset.
  static func counting(to byteCount: Int) -> ByteArena {
    var arena = ByteArena(byteCount: byteCount)
    for offset in 0..<byteCount {
      var bytes = arena.mutableBytes(at: offset, count: 1)
      bytes.store(UInt8(truncatingIfNeeded: offset), at: 0)
    }
    return arena
  }

  static func contents(_ arena: borrowing ByteArena) -> [UInt8] {
    let bytes = arena.bytes(at: 0, count: arena.byteCount)
    return (0..<arena.byteCount).map { bytes.byte(at: $0) }
  }

  @Test func `An arena begins as zeros`() {
    let arena = ByteArena(byteCount: 100)
    #expect(ByteArenaTests.contents(arena) == [UInt8](repeating: 0, count: 100))
  }

  @Test func `What is written at an offset is read there`() {
    var arena = ByteArena(byteCount: 8)
    var bytes = arena.mutableBytes(at: 4, count: 4)
    bytes.store(0x0102_0304 as UInt32, at: 0)
    let (word, all) = (arena.bytes(at: 5, count: 2).uint16(at: 0), ByteArenaTests.contents(arena))
    #expect(word == 0x0203)
    #expect(all == [0, 0, 0, 0, 1, 2, 3, 4])
  }

  @Test(
    arguments: [
      (0, 2, 4, [0, 1, 0, 1, 2, 3, 6, 7]), (2, 0, 4, [2, 3, 4, 5, 4, 5, 6, 7]), (0, 4, 4, [0, 1, 2, 3, 0, 1, 2, 3]),
      (0, 0, 8, [0, 1, 2, 3, 4, 5, 6, 7]), (8, 0, 0, [0, 1, 2, 3, 4, 5, 6, 7]),
    ] as [(Int, Int, Int, [UInt8])])
  func `Bytes move, also where the places overlap`(source: Int, target: Int, count: Int, expected: [UInt8]) {
    var arena = ByteArenaTests.counting(to: 8)
    arena.move(from: source, to: target, count: count)
    #expect(ByteArenaTests.contents(arena) == expected)
  }

  @Test func `The end of the arena can be empty but not passed`() async {
    let arena = ByteArena(byteCount: 8)
    let count = arena.bytes(at: 8, count: 0).byteCount
    #expect(count == 0)
    await #expect(processExitsWith: .failure) { _ = ByteArena(byteCount: 8).bytes(at: 8, count: 1).byteCount }
    await #expect(processExitsWith: .failure) { _ = ByteArena(byteCount: 8).bytes(at: 1, count: .max).byteCount }
    await #expect(processExitsWith: .failure) { _ = ByteArena(byteCount: 8).bytes(at: -1, count: 1).byteCount }
    await #expect(processExitsWith: .failure) {
      var arena = ByteArena(byteCount: 8)
      arena.move(from: 4, to: 0, count: 5)
    }
    await #expect(processExitsWith: .failure) {
      var arena = ByteArena(byteCount: 8)
      _ = arena.mutableBytes(at: 0, count: 9).byteCount
    }
  }
}
