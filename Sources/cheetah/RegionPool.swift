import LinuxLink
import Synchronization

/// Memory for blocks that threads use one after the other, each of them with as much of its own as it needs at a time.
final class RegionPool: Sendable {
  private let idle = Mutex<[BlockRegion]>([])

  /// Lends a region of at least so many frames.
  func lend<Result, Failure: Error>(
    frames: Int, _ body: (BlockRegion) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let found = idle.withLock { regions in
      regions.firstIndex { $0.frameCount >= frames }.map { regions.remove(at: $0) }
    }
    let region = found ?? BlockRegion(frameCount: frames)
    defer { idle.withLock { $0.append(region) } }
    return try body(region)
  }
}
