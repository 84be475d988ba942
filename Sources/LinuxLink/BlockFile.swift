import CLinux
import Glibc
package import SystemPackage

/// A pack as the disk has it: a file or a block device, read in blocks of 65,536 bytes past the page cache.
///
/// It may be read from several threads at once.
package final class BlockFile: Sendable {
  /// Bytes of a block.
  package static let blockByteCount = 65_536
  /// Bytes of a sector, which every read begins and ends at a multiple of, as direct reads need it (open(2), NOTES).
  static let sectorByteCount = 4_096

  /// Where it was found.
  package let path: String
  /// Bytes in the file or on the device.
  package let byteCount: UInt64
  /// Why reads go through the kernel's page cache after all; nil when they are direct.
  package let bufferingReason: Errno?

  /// How the disk misbehaves, in tests.
  let faults: ReadFaults?

  private let descriptor: Descriptor

  /// Opens a pack for reading. Where the file system refuses `O_DIRECT`, reads go through the page cache.
  /// - Parameter faults: how the disk is to misbehave, in tests.
  /// - Throws: when there is no such file, it may not be read, or is neither a file nor a block device.
  package init(path: String, faults: ReadFaults? = nil) throws(SystemError) {
    self.path = path
    self.faults = faults
    let direct = unsafe clinux_open_direct(path)
    if direct >= 0, BlockFile.canRead(direct) {
      descriptor = Descriptor(owning: direct)
      bufferingReason = nil
    } else {
      if direct >= 0 { _ = close(direct) }
      let buffered = unsafe open(path, O_RDONLY | O_CLOEXEC)
      guard buffered >= 0 else {
        let code = lastError
        let user = UserNames.user(UserNames.own)
        throw SystemError(
          "open \(path)", code,
          advice: code == .permissionDenied ? "  \(user) may not read it; let it:  chmod a+r \(path)" : nil)
      }
      descriptor = Descriptor(owning: buffered)
      bufferingReason = direct >= 0 ? .invalidArgument : Errno(rawValue: -direct)
    }
    byteCount = try BlockFile.size(of: descriptor, path: path)
  }

  /// Whole blocks in the file or on the device.
  package var blockCount: UInt64 { byteCount / UInt64(BlockFile.blockByteCount) }

  /// What to tell a person when reads are not direct; nil when they are.
  package var notice: String? {
    bufferingReason.map {
      "\(path): the file system refuses direct reads (O_DIRECT: \($0)); blocks are cached twice, here and in the kernel"
    }
  }

  /// Reads blocks into their frames, and blocks the thread.
  /// - Parameters:
  ///   - places: room for the places of the read.
  ///   - report: told of each block once: its number in the request, and how its read ended.
  func read(
    _ request: ReadRequest, into region: BlockRegion, by places: ReadPlaces, report: (Int, ReadOutcome) -> Void
  ) {
    var progress = ReadProgress(request)
    while !progress.isOver {
      let result = read(progress, into: region, by: places)
      guard let part = progress.take(faults?.answer(result) ?? result) else { continue }
      for number in part.blocks { report(number, part.outcome) }
    }
  }

  /// One request of the kernel: bytes read, or `-errno`.
  private func read(_ progress: ReadProgress, into region: BlockRegion, by places: ReadPlaces) -> Int {
    let count = places.locate(progress, in: region)
    let position = off_t(truncatingIfNeeded: progress.position)
    let result = unsafe preadv(descriptor.number, places.vectors, Int32(count), position)
    return result < 0 ? -Int(lastError.rawValue) : result
  }

  /// The number by which the kernel knows the open file.
  var descriptorNumber: Int32 { descriptor.number }

  /// Whether a direct read works, which some file systems refuse only here (open(2), NOTES).
  private static func canRead(_ descriptor: Int32) -> Bool {
    let region = BlockRegion(frameCount: 1)
    let memory = unsafe region.memory(of: 0)
    let count = unsafe pread(descriptor, memory.baseAddress, memory.count, 0)
    return count >= 0 || lastError != .invalidArgument
  }

  /// The size in bytes; a device has none in its status but knows where it ends.
  private static func size(of descriptor: borrowing Descriptor, path: String) throws(SystemError) -> UInt64 {
    var status = stat()
    guard unsafe fstat(descriptor.number, &status) == 0 else { throw SystemError("look at \(path)", lastError) }
    let kind = status.st_mode & S_IFMT
    guard kind == S_IFREG || kind == S_IFBLK else {
      throw SystemError(
        "read \(path) as a pack", kind == S_IFDIR ? .isDirectory : .invalidArgument,
        advice: kind == S_IFDIR ? "  make a pack of it:      cheetah pack \(path) -o site.cheetah" : nil)
    }
    let end = lseek(descriptor.number, 0, SEEK_END)
    guard end >= 0 else { throw SystemError("find the end of \(path)", lastError) }
    return UInt64(end)
  }
}
