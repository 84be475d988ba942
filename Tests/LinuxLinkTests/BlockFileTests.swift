import LinuxLink
import SystemPackage
import Testing
import Wire

/// Opening a pack on the disk and reading blocks of it in turn.
struct BlockFileTests {
  /// The bytes of a file in which every block is filled with its number, and `tail` more bytes behind the last.
  static func blocks(_ count: Int, tail: Int = 0) -> [UInt8] {
    (0..<count).flatMap { [UInt8](repeating: UInt8($0), count: BlockFile.blockByteCount) }
      + [UInt8](repeating: 0xFF, count: tail)
  }

  @Test func `The size is in bytes and in whole blocks`() throws {
    let file = try TestFile(BlockFileTests.blocks(3, tail: 100))
    let pack = try BlockFile(path: file.path)
    #expect(pack.byteCount == 3 * 65_536 + 100)
    #expect(pack.blockCount == 3)
  }

  @Test func `A block is read as it stands in the file`() throws {
    let file = try TestFile(BlockFileTests.blocks(3))
    let pack = try BlockFile(path: file.path)
    let region = BlockRegion(frameCount: 3)
    try pack.read(1..<3, into: region, from: 1)
    for frame in 1...2 {
      let bytes = region.bytes(of: frame)
      #expect((0..<65_536).allSatisfy { bytes.byte(at: $0) == UInt8(frame) })
    }
  }

  @Test(arguments: [0..<150, 63..<64, 31..<97, 140..<150, 5..<5] as [Range<UInt64>])
  func `Blocks that are read ahead come in order, each once`(blocks: Range<UInt64>) throws {
    let file = try TestFile(BlockFileTests.blocks(150))
    let pack = try BlockFile(path: file.path)
    var numbers: [UInt64] = []
    try pack.forEachBlock(of: blocks) {
      $0
    } _: { number, bytes throws(SystemError) in
      if bytes.byte(at: 0) == UInt8(number), bytes.byte(at: 65_535) == UInt8(number) { numbers.append(number) }
    }
    #expect(numbers == Array(blocks))
  }

  @Test func `What is read ahead ends at the first block that cannot be read`() throws {
    let file = try TestFile(BlockFileTests.blocks(98, tail: 512))
    let pack = try BlockFile(path: file.path)
    var count = 0
    let error = #expect(throws: SystemError.self) {
      try pack.forEachBlock(of: 0..<100) {
        $0
      } _: { _, _ throws(SystemError) in
        count += 1
      }
    }
    #expect(error?.description.contains("read block 98 of \(file.path)") == true)
    #expect(count == 98)
  }

  @Test func `A block behind the end, or cut off by it, is an error that names the block`() throws {
    let file = try TestFile(BlockFileTests.blocks(1, tail: 512))
    let pack = try BlockFile(path: file.path)
    for number in [1, 2, UInt64(UInt32.max)] {
      let error = #expect(throws: SystemError.self) {
        try pack.read(number..<(number + 1), into: BlockRegion(frameCount: 1))
      }
      #expect(error?.description.contains("read block \(number) of \(file.path)") == true)
    }
  }

  @Test func `Direct reads need no notice, buffered ones tell why`() throws {
    let file = try TestFile(BlockFileTests.blocks(1))
    let pack = try BlockFile(path: file.path)
    #expect((pack.bufferingReason == nil) == (pack.notice == nil))
    if let notice = pack.notice { #expect(notice.contains("O_DIRECT")) }
  }

  @Test func `A file that refuses direct reads is read through the page cache`() throws {
    // The files of sysfs can not be opened for direct reads, whatever the disk is.
    let pack = try BlockFile(path: "/sys/kernel/uevent_seqnum")
    #expect(pack.bufferingReason == .invalidArgument)
    #expect(pack.notice?.contains("O_DIRECT") == true)
  }

  @Test func `An empty file has no block`() throws {
    let file = try TestFile([])
    #expect(try BlockFile(path: file.path).blockCount == 0)
  }

  @Test func `A file that is not there, a directory and a device of characters are refused with the reason`() {
    let missing = #expect(throws: SystemError.self) { try BlockFile(path: "/nowhere/site.cheetah") }
    #expect(missing?.code == .noSuchFileOrDirectory)
    #expect(missing?.description == "cannot open /nowhere/site.cheetah: No such file or directory")
    let directory = #expect(throws: SystemError.self) { try BlockFile(path: "/usr") }
    #expect(directory?.code == .isDirectory)
    #expect(directory?.description.contains("cheetah pack /usr") == true)
    #expect(throws: SystemError.self) { try BlockFile(path: "/dev/null") }
  }
}
