import Cache
import HTTP
import Pack
import Stack

/// What is read before it is asked for, and how much of the cache a connection may hold.
extension Engine {
  /// The most blocks that are read ahead of one connection: 8 MiB.
  private static let longestReadAhead = 128

  /// The most blocks of one piece that is read ahead, of which several at once keep a fast disk busy: 960 KiB. Of 1 MiB, 256 pages
  /// that lie anywhere, a disk that takes 254 places in a request (virtio) is sent the last two in one of their own.
  private static let longestPiece = 15

  /// Reads the group of what a session was asked for, since one of its blocks is missing: who asks for a page asks for
  /// what it embeds.
  mutating func prefetchGroup(of id: ConnectionID, for block: BlockNumber) {
    guard configuration.prefetchesGroups, let group = sessions[id].group, group.contains(block) else { return }
    for number in 0..<group.count { cache.prefetch(group.first + UInt32(number)) }
  }

  /// Whether the first block of a body was once there. It is waited for before the head is composed, so that a block that
  /// cannot be had is answered with an error, and not with a head and a reset. It may leave again: one frame is enough.
  mutating func isBodyKnown(of composition: Composition, for request: RequestHead, of id: ConnectionID) -> Bool {
    guard request.method != .head, let body = composition.body, body.remaining > 0,
      !cache.isResident(body.block, from: body.offset), sessions[id].awaitedBody != body.block
    else { return true }
    sessions[id].awaitedBody = body.block
    _ = has(body.block, from: body.offset, for: id)
    prefetchGroup(of: id, for: body.block)
    return false
  }

  /// Reads on behind what a connection has been given to send, as far as its window reaches. Since a connection is given
  /// nothing while its peer acknowledges nothing, reading stops with the peer.
  ///
  /// What is used up is replaced a piece at a time, so that reads are few and large.
  @inline(__always)
  mutating func readAhead(_ id: ConnectionID) {
    let body = sessions[id].body
    guard configuration.readsAhead, body.remaining > 0 else { return }
    let window = Int(min(host.flightLimit(of: id), 1 << 30)) / BlockGeometry.payloadCount
    let distance = min(2 + 2 * window, Engine.longestReadAhead, max(cache.arena.frameCount / 8, 1))
    var next = max(body.ahead, body.block)
    let piece = min(max(distance / 2, 1), Engine.longestPiece)
    guard Int(next.value - body.block.value) + piece <= distance else { return }
    let end = min(body.block.value + UInt32(distance), body.lastBlock.value + 1)
    while next.value < end, cache.prefetch(next) { next = next + 1 }
    sessions[id].body.ahead = next
  }

  /// Whether a connection may hold more blocks. When half of the cache is held for what is on its way, those that have
  /// enough on their way already wait for acknowledgments, and leave the rest to the others.
  func hasShare(_ id: ConnectionID) -> Bool {
    cache.counters.pinned * 2 < cache.arena.frameCount
      || host.queuedCount(of: id) < UInt64(2 * BlockGeometry.payloadCount)
  }
}
