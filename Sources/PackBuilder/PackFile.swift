import Pack
import SystemPackage

/// A pack on the disk, read block by block, from any thread.
final class PackFile: Sendable {
  /// What it says of itself.
  let superblock: Superblock

  private let descriptor: FileDescriptor

  /// Opens a pack; nil when there is none that can be read.
  init?(_ path: String) {
    guard let descriptor = try? FileDescriptor.open(FilePath(path), .readOnly, options: [.closeOnExec]) else {
      return nil
    }
    let first = PackFile.read(BlockNumber(0), of: descriptor)
    guard let superblock = first.flatMap({ try? Superblock(parsing: $0.bytes) }) else {
      try? descriptor.close()
      return nil
    }
    self.descriptor = descriptor
    self.superblock = superblock
  }

  deinit {
    try? descriptor.close()
  }

  /// A block as it is meant to be; nil where it is not whole, or cannot be read.
  func block(_ number: BlockNumber) -> [UInt8]? {
    guard let block = PackFile.read(number, of: descriptor),
      (try? BlockTrailer(verifying: block.bytes, as: number, of: superblock.identity)) != nil
    else { return nil }
    return block
  }

  /// The bytes of a body; nil where a block of it is not whole.
  func content(of body: BodyLocation) -> [UInt8]? {
    var content: [UInt8] = []
    while UInt64(content.count) < body.count {
      let (number, offset) = body.place(of: UInt64(content.count))
      let count = Int(min(UInt64(BlockGeometry.payloadCount - offset), body.count - UInt64(content.count)))
      guard superblock.kind(of: number) == .data, let block = block(number) else { return nil }
      content.append(block.bytes.extracting(offset..<(offset + count)))
    }
    return content
  }

  /// Whether every block is whole, as far as each can tell by itself: looked at on several threads.
  func isWhole(jobs: Int?) -> Bool {
    let (count, batch) = (Int(superblock.blockCount), 64)
    var isWhole = true
    OrderedWork<Bool>(count: (count + batch - 1) / batch, jobs: jobs).run { number, _ in
      (number * batch..<min((number + 1) * batch, count)).allSatisfy { self.block(BlockNumber(UInt32($0))) != nil }
    } take: { (_, event) in
      if case .done(let isDone) = event { isWhole = isWhole && isDone }
    }
    return isWhole
  }

  private static func read(_ number: BlockNumber, of descriptor: FileDescriptor) -> [UInt8]? {
    var block = [UInt8](repeating: 0, count: BlockGeometry.byteCount)
    let start = Int64(number.value) * Int64(BlockGeometry.byteCount)
    let count = try? FileSystem.read(descriptor, into: &block, at: start)
    return count == block.count ? block : nil
  }
}
