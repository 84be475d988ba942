import Cache
import Pack

/// The disk below an engine on the bench: a pack as an array, read as it is asked for, with one fault if there is to be.
struct BenchDisk {
  /// What goes wrong with a read.
  enum Fault: CaseIterable {
    /// The disk reports an error, or reads less than a block.
    case failure
    /// A bit of the block is another than was written.
    case rot
    /// The read ends after all others, when nothing else can go on.
    case late
  }

  /// The bytes of the packs on the disk, by their slots.
  var packs: [[UInt8]]
  /// What goes wrong with the read of this number, counted from 1.
  var fault: (number: Int, kind: Fault)?
  /// Whether no read ends for now.
  var isStopped = false
  /// Blocks that cannot be read.
  var unreadable: Set<UInt32> = []
  /// What was read, in the order in which it was asked for: runs of blocks that are one read of the disk.
  private(set) var runs: [Range<UInt32>] = []
  /// Blocks that were asked for.
  private(set) var count = 0
  /// Which bytes of each.
  private(set) var parts: [Range<Int>] = []

  private var queue: [BlockRead] = []
  /// The read that is to go wrong, while it is under way.
  private var faulty: BlockRead?
  private var isQueueRun = false
  private var late: BlockRead?

  init(_ packs: [[UInt8]]) {
    self.packs = packs
  }

  /// Takes a read.
  mutating func submit(_ read: BlockRead) {
    count += 1
    parts.append(read.bytes)
    if let fault, fault.number == count { faulty = read }
    if faulty == read, fault?.kind == .late { late = read } else { queue.append(read) }
    let block = read.block.value
    if isQueueRun, let last = runs.last, last.upperBound == block {
      runs[runs.count - 1] = last.lowerBound..<(block + 1)
    } else {
      runs.append(block..<(block + 1))
    }
    isQueueRun = true
  }

  /// All reads there are for now were taken.
  mutating func begin() {
    isQueueRun = false
  }

  /// The next read that ends.
  mutating func next() -> BlockRead? { queue.isEmpty || isStopped ? nil : queue.removeFirst() }

  /// The read that is late.
  mutating func nextLate() -> BlockRead? { late.take() }

  /// The bytes of a block; nil where they cannot be read.
  mutating func bytes(_ read: BlockRead) -> [UInt8]? {
    let pack = packs[PackSlot(of: read.block).number]
    let start = Int(PackSlot.own(read.block).value) * BlockGeometry.byteCount
    guard start < pack.count, !unreadable.contains(read.block.value) else { return nil }
    var block = Array(pack[start..<(start + BlockGeometry.byteCount)])
    guard let fault, faulty == read else { return block }
    faulty = nil
    switch fault.kind {
    case .failure: return nil
    case .rot: block[read.bytes.lowerBound + 1_000] ^= 4
    case .late: break
    }
    return block
  }
}
