import LinuxLink
import Logging
import Pack

/// A block that was read and is not what it should be, or that could not be read.
struct BadBlock {
  /// The file that it is in.
  let file: BlockFile
  /// What that pack says of itself.
  let superblock: Superblock
  /// Its number in the pack.
  let number: BlockNumber
  /// Whether it was read.
  let isRead: Bool
  /// What is wrong, with pack and place.
  let words: String
}

/// Says in the log which paths a bad block belongs to. That takes looking through the index, so a thread beside the server
/// does it, once for each block.
struct DamageLog: ~Copyable {
  private let logger: Logger
  private var known: Set<UInt64> = []
  private var threads: [WorkerThread] = []

  /// The most bad blocks that are looked into: a disk that loses more has lost all.
  private static let most = 16

  /// A log that has said nothing yet.
  init(_ logger: Logger) {
    self.logger = logger
  }

  /// Says what is wrong with a block, and whose it is.
  mutating func note(_ block: BadBlock) {
    logger.error("\(block.words)")
    let key = block.superblock.identity ^ UInt64(block.number.value)
    guard known.count < DamageLog.most, known.insert(key).inserted else { return }
    let (file, superblock, number, isRead, logger) = (block.file, block.superblock, block.number, block.isRead, logger)
    let thread = try? WorkerThread(name: "cheetah-damage") {
      var reader = PackReader(of: file, superblock)
      var damage = Damage(unreadable: number)
      if isRead, (try? reader.loadUnverified(number)) != nil {
        damage = Damage(.corrupt(number), in: number, reader)
      }
      let details = damage.details(&reader)
      guard !details.isEmpty else { return }
      logger.error("block \(number.value) of \(file.path):\n\(details.joined(separator: "\n"))")
    }
    if let thread { threads.append(thread) }
  }

  /// Waits until all is said.
  mutating func finish() {
    for thread in threads { thread.join() }
    threads = []
  }
}
