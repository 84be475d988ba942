import LinuxLink
import SystemPackage
import Testing

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
    #expect(try pack.block(2) == [UInt8](repeating: 2, count: 65_536))
  }

  @Test func `A block behind the end, or cut off by it, is an error that names the block`() throws {
    let file = try TestFile(BlockFileTests.blocks(1, tail: 512))
    let pack = try BlockFile(path: file.path)
    for number in [1, 2, UInt64.max] {
      let error = #expect(throws: SystemError.self) { try pack.block(number) }
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
