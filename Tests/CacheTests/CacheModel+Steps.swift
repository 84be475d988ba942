import Cache
import Pack
import Testing

extension CacheModel {
  /// Does something at random, and looks at everything.
  /// - Parameter requests: how many requests there are to 83 steps of other kinds.
  mutating func takeStep(requests: Int) {
    step += 1
    let block = UInt32.random(in: 0..<blockCount, using: &random)
    let waiter = Int.random(in: 0..<waiterCount, using: &random)
    switch Int.random(in: 0..<(83 + requests), using: &random) {
    case 0..<10: prefetch(block)
    case 10..<15: cancel(waiter)
    case 15..<35: _ = nextRead()
    case 35..<55: if let read = underWay.randomElement(using: &random) { complete(read) }
    case 55..<68: _ = nextReady()
    case 68..<75: pin(block)
    case 75..<83: unpinAny()
    default: request(block, from: Bool.random(using: &random) ? 0 : randomOffset(), by: waiter)
    }
    checkInvariants()
  }

  private mutating func randomOffset() -> Int { Int.random(in: 0..<BlockGeometry.payloadCount, using: &random) }

  private mutating func pin(_ block: UInt32) {
    guard bench.isThere(block) else { return }
    bench.pin(block)
    pins[block, default: 0] += 1
  }

  private mutating func unpinAny() {
    guard let block = pins.keys.sorted().randomElement(using: &random) else { return }
    unpin(block)
  }

  private mutating func unpin(_ block: UInt32) {
    bench.unpin(block)
    pins[block] = pins[block].flatMap { $0 > 1 ? $0 - 1 : nil }
  }

  /// Lets everything go and everything be read, until nobody waits.
  mutating func settle() {
    for (block, count) in pins { for _ in 0..<count { unpin(block) } }
    for _ in 0..<(4 * waiterCount) where !(waits.isEmpty && due.isEmpty && underWay.isEmpty) {
      step += 1
      while nextRead() {}
      for read in underWay { complete(read) }
      while nextReady() {}
      checkInvariants()
    }
    check(waits.isEmpty, "\(waits.keys.sorted()) wait for ever")
  }

  /// What holds at all times.
  private mutating func checkInvariants() {
    let resident = (0..<blockCount).filter { bench.isThere($0) }
    let counters = bench.cache.counters
    for block in pins.keys { check(bench.isThere(block), "block \(block) is pinned and gone") }
    for block in resident { check(bench.number(in: block) == block, "block \(block) holds another's bytes") }
    for (waiter, wait) in waits {
      check(!bench.isResident(wait.block, from: wait.offset), "\(waiter) waits for what is there")
    }
    for (waiter, news) in due where news.failure == nil {
      check(bench.isThere(news.block), "block \(news.block) left before \(waiter) was told")
    }
    let new = underWay.filter { !$0.isRest }
    check(resident.count + new.count <= frameCount, "more blocks than frames")
    check(counters.resident == resident.count, "\(counters.resident) blocks are counted, \(resident.count) are there")
    check(counters.pinned == pins.count, "\(counters.pinned) pinned blocks are counted")
    check(counters.hits == hits, "\(counters.hits) hits are counted, there were \(hits)")
    check(counters.failures == failures, "\(counters.failures) failures are counted")
    check(counters.hits + counters.misses + counters.joined == requests, "the requests do not add up")
    check(counters.exhausted <= counters.misses, "\(counters.exhausted) of \(counters.misses) misses")
  }

  /// When there is nothing to read, whoever waits waits for a read under way, or for a frame while there is none.
  mutating func checkNothingIsLeftOut() {
    let leftOut = waits.values.filter { wait in !underWay.contains { $0.block.value == wait.block } }
    guard !leftOut.isEmpty else { return }
    let promised = due.values.filter { $0.failure == nil }.map(\.block)
    let held = Set(pins.keys).union(promised)
    let blocks = Set(underWay.map(\.block.value))
    check(held.union(blocks).count == frameCount, "\(leftOut) are left out though a frame could be had")
  }
}
