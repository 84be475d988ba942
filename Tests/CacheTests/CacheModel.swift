import Cache
import Pack
import TestKit
import Testing

/// A cache under random treatment, beside what is known of it from outside: who waits for what, what is pinned, what is
/// being read. Which block is evicted is the cache's own business; everything else is checked.
struct CacheModel: ~Copyable {
  var bench: CacheBench
  var random: SeededRandom
  let frameCount: Int
  let waiterCount: Int
  let blockCount: UInt32

  /// What a waiter waits for, and since when.
  var waits: [Int: (block: UInt32, offset: Int, since: Int)] = [:]
  /// What waiters are to be woken with.
  var due: [Int: (block: UInt32, offset: Int, failure: PackError?)] = [:]
  /// Blocks that waiters were woken for and have not asked for since.
  var told: [Int: UInt32] = [:]
  var pins: [UInt32: Int] = [:]
  var underWay: [BlockRead] = []
  /// When a block that is not in memory was first asked for.
  var asked: [UInt32: Int] = [:]
  /// Blocks that were fetched to be read one after the other; begins and ends at 0 where none were.
  var run = 0..<0 as Range<UInt32>
  var requests: UInt64 = 0
  var hits: UInt64 = 0
  var failures: UInt64 = 0
  var step = 0
  /// Whether something was wrong: nothing is known of the cache any more.
  var isWrong = false

  init(frames: Int, waiters: Int, blocks: UInt32, seed: UInt64) {
    bench = CacheBench(frames: frames, waiters: waiters)
    random = SeededRandom(seed: seed)
    (frameCount, waiterCount, blockCount) = (frames, waiters, blocks)
  }

  mutating func check(_ condition: Bool, _ text: String, _ location: SourceLocation = #_sourceLocation) {
    guard !isWrong else { return }
    isWrong = !condition
    #expect(condition, "step \(step): \(text), \(random)", sourceLocation: location)
  }

  mutating func request(_ block: UInt32, from offset: Int, by waiter: Int) {
    let wasResident = bench.isResident(block, from: offset)
    let isWaiting = waits[waiter]?.block == block && !wasResident
    let joined = bench.cache.counters.joined
    let isExpected = told[waiter] == block || due[waiter].map { $0.block == block && $0.failure == nil } ?? false
    let availability = bench.request(block, from: offset, by: waiter)
    check(availability == (wasResident ? .resident : .awaited), "block \(block) for \(waiter) is \(availability)")
    due[waiter] = nil
    if isWaiting { return }
    if isExpected { told[waiter] = nil }
    if !(isExpected && wasResident) { requests += 1 }
    waits[waiter] = nil
    guard !wasResident else {
      if !isExpected { hits += 1 }
      return
    }
    told[waiter] = nil
    if waits.values.contains(where: { $0.block == block }) {
      check(bench.cache.counters.joined == joined + 1, "block \(block) is asked for twice")
    }
    waits[waiter] = (block, offset, step)
    asked[block] = asked[block] ?? step
  }

  mutating func prefetch(_ block: UInt32) {
    let before = bench.cache.counters.prefetched
    bench.cache.prefetch(BlockNumber(block))
    guard bench.cache.counters.prefetched > before else { return }
    check(!waits.values.contains { $0.block == block }, "block \(block) is read ahead though somebody waits")
    asked[block] = asked[block] ?? step
  }

  mutating func cancel(_ waiter: Int) {
    bench.cache.cancel(waiter: waiter)
    waits[waiter] = nil
    due[waiter] = nil
    told[waiter] = nil
  }

  mutating func nextRead() -> Bool {
    let hasReads = bench.cache.hasReads
    guard let read = bench.cache.nextRead() else {
      run = 0..<0
      checkNothingIsLeftOut()
      return false
    }
    check(hasReads, "nobody would have asked for \(read)")
    let block = read.block.value
    check(!bench.isResident(block, from: read.bytes.lowerBound), "block \(block) is read twice")
    check(bench.isThere(block) == read.isRest, "\(read) is not what is missing")
    check(!underWay.contains { $0.block == read.block || $0.frame == read.frame }, "\(read) is under way")
    checkOrder(read)
    run = read.isRest ? 0..<0 : (isContinuation(read) ? run.lowerBound : block)..<(block + 1)
    underWay.append(read)
    return true
  }

  /// Whether a block goes on where the last one ended, in a read that may grow.
  private func isContinuation(_ read: BlockRead) -> Bool {
    read.block.value == run.upperBound && run.count < BlockCache.longestRun
      && read.bytes.count == BlockGeometry.byteCount
  }

  /// A read begins for the block that has been waited for longest, with blocks before it on the disk or without, or goes
  /// on with the next block.
  private mutating func checkOrder(_ read: BlockRead) {
    // What stands before a part that is there needs no frame, and may overtake what waits for one.
    guard !isContinuation(read), !read.isRest else { return }
    let block = read.block.value
    let fetched = Set(underWay.map(\.block.value))
    guard let earliest = waits.values.filter({ !fetched.contains($0.block) }).map(\.since).min() else { return }
    let queued = asked.filter { !fetched.contains($0.key) }
    let oldest = queued.filter { $0.value <= earliest }.keys
    let leads = oldest.contains { old in
      old >= block && old - block < UInt32(BlockCache.longestRun) && (block...old).allSatisfy { queued[$0] != nil }
    }
    check(leads, "block \(block) overtakes \(oldest.sorted())")
  }

  mutating func complete(_ read: BlockRead) {
    let block = read.block.value
    var expected: PackError?
    let failure: PackError?
    switch Int.random(in: 0..<10, using: &random) {
    case 0:
      expected = .truncated(expected: 65_536, actual: 0)
      failure = bench.fail(read)
    case 1:
      expected = read.isRest ? .corrupt(read.block) : .misplaced(read.block)
      bench.cache.fill(read, with: bench.blocks.block(block + 1).rawSpan)
      failure = bench.cache.complete(read, isRead: true)
    default: failure = bench.finish(read)
    }
    check(failure == expected, "block \(block) comes with \(failure as PackError?)")
    if expected != nil { failures += 1 }
    asked[block] = nil
    underWay.removeAll { $0 == read }
    for (waiter, wait) in waits where wait.block == block {
      due[waiter] = (block, wait.offset, expected)
      waits[waiter] = nil
    }
  }

  mutating func nextReady() -> Bool {
    guard let ready = bench.cache.nextReady() else {
      check(due.isEmpty, "\(due.keys.sorted()) are not woken")
      return false
    }
    let news = due[ready.waiter]
    due[ready.waiter] = nil
    check(news != nil, "\(ready.waiter) is woken without a reason")
    check(ready.failure == news?.failure, "\(ready.waiter) is told \(ready.failure as PackError?)")
    guard let news, news.failure == nil else { return true }
    check(bench.isThere(news.block), "block \(news.block) left before \(ready.waiter) was told")
    told[ready.waiter] = news.block
    if Int.random(in: 0..<10, using: &random) > 0 { request(news.block, from: news.offset, by: ready.waiter) }
    return true
  }
}

extension BlockRead {
  /// Whether it is of sectors before those of the block that are in memory.
  var isRest: Bool { bytes.upperBound < BlockGeometry.byteCount }
}
