import LinuxLink
import Logging
import Pack

/// Says in the log which paths a bad block belongs to. That takes looking through the index, so a thread beside the server
/// does it, once for each block.
struct DamageLog: ~Copyable {
  private let file: BlockFile
  private let superblock: Superblock
  private let logger: Logger
  private var known: Set<BlockNumber> = []
  private var threads: [WorkerThread] = []

  /// The most bad blocks that are looked into: a disk that loses more has lost all.
  private static let most = 16

  /// A log for a pack.
  init(of file: BlockFile, _ superblock: Superblock, logger: Logger) {
    self.file = file
    self.superblock = superblock
    self.logger = logger
  }

  /// A block was read that is not what it should be, or could not be read.
  mutating func note(_ block: BlockNumber, isRead: Bool, _ words: String) {
    logger.error("\(words)")
    guard known.count < DamageLog.most, known.insert(block).inserted else { return }
    let (file, superblock, logger) = (file, superblock, logger)
    let thread = try? WorkerThread(name: "cheetah-damage") {
      var reader = PackReader(of: file, superblock)
      var damage = Damage(unreadable: block)
      if isRead, (try? reader.loadUnverified(block)) != nil {
        damage = Damage(.corrupt(block), in: block, reader)
      }
      let details = damage.details(&reader)
      if !details.isEmpty { logger.error("block \(block.value) of \(file.path):\n\(details.joined(separator: "\n"))") }
    }
    if let thread { threads.append(thread) }
  }

  /// Waits until all is said.
  mutating func finish() {
    for thread in threads { thread.join() }
    threads = []
  }
}
