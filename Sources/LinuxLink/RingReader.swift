import CUring
import Glibc
import SystemPackage

/// Reads of blocks by io_uring: requests and completions lie in memory shared with the kernel, and no thread waits.
///
/// The file and the memory are registered, so that the kernel looks up neither for each read. The ring's own descriptor
/// is readable for as long as there are completions. One thread submits and takes.
@safe
package final class RingReader {
  /// The pack it reads.
  package let file: BlockFile
  /// Whether the memory is registered, too: where that much may not be locked (RLIMIT_MEMLOCK), reads work without.
  package let isMemoryRegistered: Bool

  let region: BlockRegion
  let ring: OpaquePointer
  let depth: ReadDepth
  let mostBlocks: Int
  /// The reads at the kernel, by the token that their completions bear, and their places.
  var reads: [ReadProgress?]
  let places: [ReadPlaces]
  var freeTokens: [Int]
  /// Blocks that are done and not taken.
  var completions: RingQueue<ReadCompletion>
  /// Blocks submitted and not taken.
  var outstanding = 0
  /// Blocks of the reads at the kernel.
  var blocksAtDisk = 0
  /// Reads queued that the kernel has not taken.
  var queued = 0
  private var isStopped = false

  /// Makes a ring.
  /// - Parameters:
  ///   - file: the pack.
  ///   - region: the memory blocks are read into.
  ///   - depth: how much is at the disk at the same time; more is not taken.
  ///   - mostBlocks: blocks under way, at most; reads beyond are not taken.
  /// - Throws: when the kernel has no io_uring, or refuses it to this process.
  package init(
    file: BlockFile, into region: BlockRegion, depth: ReadDepth = .standard, mostBlocks: Int = 256
  ) throws(SystemError) {
    precondition(mostBlocks > 0, "a ring reads something")
    let ring = unsafe try RingReader.open(file: file, entries: depth.reads)
    unsafe self.ring = ring
    (self.file, self.region, self.depth, self.mostBlocks) = (file, region, depth, mostBlocks)
    let buffers = unsafe region.buffers
    isMemoryRegistered = unsafe curing_register_buffers(ring, buffers, UInt32(buffers.count)) == 0
    reads = Array(repeating: nil, count: depth.reads)
    places = (0..<depth.reads).map { _ in ReadPlaces() }
    freeTokens = Array((0..<depth.reads).reversed())
    completions = RingQueue(capacity: mostBlocks)
  }

  /// Makes a ring with a registered file.
  private static func open(file: BlockFile, entries: Int) throws(SystemError) -> OpaquePointer {
    var opened: OpaquePointer? = nil
    let result = unsafe curing_open(&opened, UInt32(entries))
    guard result >= 0, let ring = unsafe opened else {
      throw SystemError("read by io_uring", Errno(rawValue: -result), advice: advice(Errno(rawValue: -result)))
    }
    let registered = unsafe curing_register_file(ring, file.descriptorNumber)
    guard registered >= 0 else {
      unsafe curing_close(ring)
      throw SystemError("register \(file.path) with io_uring", Errno(rawValue: -registered))
    }
    return unsafe ring
  }

  /// What helps where the kernel refuses a ring.
  private static func advice(_ code: Errno) -> String? {
    switch code {
    case .notPermitted, .permissionDenied:
      """
        the kernel or the container forbids it:  sudo sysctl kernel.io_uring_disabled=0
        or read by threads:                      --reads threads
      """
    case .noFunction: "  the kernel has none (5.6 has); read by threads:  --reads threads"
    default: nil
    }
  }

  /// What to wait for: readable while there are completions.
  package var descriptorNumber: Int32 { unsafe curing_descriptor(ring) }

  /// Waits for the reads that are under way. Nothing is read afterwards, and no frame touched.
  package func shutDown() {
    guard !isStopped else { return }
    while freeTokens.count < depth.reads {
      flush()
      // What the kernel does not take even now, with nothing else under way, it will never read.
      guard freeTokens.count + queued < depth.reads else { break }
      let waited = unsafe curing_wait(ring)
      guard waited == 0 || waited == -Errno.interrupted.rawValue else { break }
      var (token, result) = (0 as UInt64, 0 as Int32)
      while unsafe curing_take(ring, &token, &result) == 1 { freeTokens.append(Int(token)) }
    }
    isStopped = true
    unsafe curing_close(ring)
  }

  /// Asks for blocks to be read into frames, each of which belongs to the reader until its completion is taken. The
  /// kernel learns of it by `flush`.
  /// - Returns: false when there would be too many blocks or reads under way; take completions first.
  package func submit(_ request: ReadRequest) -> Bool {
    guard !isStopped, outstanding + request.count <= mostBlocks,
      blocksAtDisk < depth.blocks, let token = freeTokens.popLast()
    else { return false }
    outstanding += request.count
    blocksAtDisk += request.count
    begin(ReadProgress(request), token: token)
    return true
  }

  /// Hands what was submitted to the kernel, all at once. What it does not take now stays in the ring, and is offered again with
  /// the next turn.
  package func flush() {
    guard !isStopped, queued > 0 else { return }
    queued -= Int(max(unsafe curing_submit(ring), 0))
  }

  deinit {
    shutDown()
  }
}
