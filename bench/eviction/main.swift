import Pack
import TestKit
import Wire

// Prints the hit ratio of each rule for each trace and size of the cache, as lines of what `note` takes.

/// Blocks of a pack that nobody wrote.
enum Blocks {
  static let identity: UInt64 = 0x4556_4943

  /// All of them, sealed, their payloads zero.
  static let all = (0..<UInt32(Trace.blockCount)).map { number in
    [UInt8](count: BlockGeometry.byteCount) { span in
      BlockTrailer(kind: .data, number: BlockNumber(number), identity: identity, used: 0).seal(&span)
    }
  }
}

for trace in Trace.all() {
  for percent in [1, 5, 10, 25] {
    let frames = Trace.blockCount * percent / 100
    let results = [
      ("cheetah", Policies.cheetah(trace, frames: frames, Blocks.all)),
      ("LRU", Policies.leastRecentlyUsed(trace, frames: frames)),
      ("FIFO", Policies.firstInFirstOut(trace, frames: frames)),
      ("Belady", Policies.belady(trace, frames: frames)),
    ]
    for (policy, hits) in results {
      print("hit ratio\t\(trace.name), \(percent) %\t\(policy)\t\(Double(hits) / Double(trace.requests.count))")
    }
  }
}
