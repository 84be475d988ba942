/// What a cache has done since it was made, and what it holds now.
///
/// Each request is a hit, a miss or joined. Whoever asks again because `nextReady` said so is not counted twice.
package struct CacheCounters: Equatable, Sendable {
  /// Requests answered from memory.
  package var hits: UInt64 = 0
  /// Requests for a block that was neither in memory nor asked for.
  package var misses: UInt64 = 0
  /// Requests that joined others for the same block.
  package var joined: UInt64 = 0
  /// Blocks asked for before anybody needed them.
  package var prefetched: UInt64 = 0
  /// Blocks that made room for others.
  package var evictions: UInt64 = 0
  /// Reads that failed, or whose block was not what it should be.
  package var failures: UInt64 = 0
  /// Misses that found every frame pinned or on its way, or others waiting for one.
  package var exhausted: UInt64 = 0
  /// Blocks that are in memory now.
  package var resident = 0
  /// Blocks that are pinned now.
  package var pinned = 0

  /// All zero.
  package init() {}
}
