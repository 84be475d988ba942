package import Pack
import Wire

/// Whether a block can be had now.
package enum Availability: Equatable, Sendable {
  /// It is in memory, from where it was asked for on. Unless it is pinned, the next `request`, `prefetch` or `nextRead` may evict it.
  case resident
  /// It is not; whoever asked comes out of `nextReady` when it is, or when it cannot be had.
  case awaited
}

/// Who asks for what.
extension BlockCache {
  /// Asks for a block, from a byte of it on. What stands before is not read, since a disk is as slow with that as with what is
  /// needed.
  ///
  /// When every frame is pinned or on its way, the block waits for one behind those that came before it.
  /// - Parameters:
  ///   - offset: the first byte that is needed, from the front of the block.
  ///   - waiter: who is to be told when it is there. A waiter waits for one block at a time: a request takes the place of the
  ///     one before.
  ///   - worth: how long the block is kept.
  package mutating func request(
    _ block: BlockNumber, from offset: Int = 0, by waiter: Int, worth: Worth = .ordinary
  ) -> Availability {
    let first = Sector(holding: offset)
    guard let place = table[block] else {
      stopWaiting(waiter)
      counters.misses += 1
      waiters.append(waiter, at: placeForReading(block, from: first, worth))
      return .awaited
    }
    widen(place, from: first)
    let isThere = !places[place].isReading && places[place].first <= first
    // Somebody who asks again while waiting is no second user of the block.
    if !isThere, waiters.place(of: waiter) == place { return .awaited }
    let isExpected = waiters.isExpected(waiter, for: block)
    stopWaiting(waiter)
    if isExpected { waiters.forgetNews(of: waiter) } else { places[place].use(at: time, distance: distance) }
    if isThere {
      if !isExpected { counters.hits += 1 }
      return .resident
    }
    join(place, waiter, from: first)
    return .awaited
  }

  /// Lets a read that was not fetched begin earlier in its block, if need be.
  @inline(__always)
  private mutating func widen(_ place: Int, from first: Sector) {
    guard places[place].isAwaited, queues.queue(of: place) != nil else { return }
    if let wanted = places[place].wanted {
      places[place].wanted = min(wanted, first)
    } else {
      places[place].first = min(places[place].first, first)
    }
  }

  /// Lets somebody wait for the read of a block, or for that of what stands before the part of it that is in memory.
  private mutating func join(_ place: Int, _ waiter: Int, from first: Sector) {
    if places[place].isAwaited {
      counters.joined += 1
    } else {
      counters.misses += 1
      places[place].wanted = first
      queues.remove(place)
      queues.append(place, to: .wanted)
    }
    if queues.queue(of: place) == .ahead {
      queues.remove(place)
      queues.append(place, to: .wanted)
    }
    waiters.append(waiter, at: place)
  }

  /// Asks for a whole block before anybody needs it, or for nothing more where part of it is there or on its way. It is read
  /// behind those that somebody waits for, and not at all when frames are scarce.
  /// - Returns: false when it is not there and will not be.
  @discardableResult
  package mutating func prefetch(_ block: BlockNumber) -> Bool {
    if table[block] != nil { return true }
    guard queues.count(of: .homeless) == 0, isQuiet, let frame = freeFrame() else { return false }
    counters.prefetched += 1
    startReading(block, from: .first, into: frame, queue: .ahead)
    places[frame].isUnasked = true
    return true
  }

  /// Whether the block that somebody waits for waits for a frame itself: until others give up theirs, nothing comes.
  package func waitsForFrame(_ waiter: Int) -> Bool {
    waiters.place(of: waiter).map { queues.queue(of: $0) == .homeless } ?? false
  }

  /// Whether any block waits for a frame.
  package var isExhausted: Bool { queues.count(of: .homeless) > 0 }

  /// Somebody who waited and should ask again; nil when there is nobody.
  ///
  /// The block does not leave before its waiters have come out of here; whoever asks at once finds it.
  package mutating func nextReady() -> ReadyWaiter? {
    guard let (waiter, news) = waiters.nextReady() else { return nil }
    if news.failure == nil { redeemPromise(of: news.frame) }
    return ReadyWaiter(waiter: waiter, failure: news.failure)
  }

  /// Somebody does not wait any more, and will not be told. Reads that have begun go on.
  package mutating func cancel(waiter: Int) {
    stopWaiting(waiter)
    waiters.forgetNews(of: waiter)
  }

  /// Requests so far: the clock of what is asked for again.
  var time: UInt32 { UInt32(truncatingIfNeeded: counters.hits &+ counters.misses &+ counters.joined) }

  /// How many requests two for the same block lie apart when they are not of the same visit. On traces of pages 8 to 64 are
  /// about the same (`bench/eviction`); a small cache forgets a block before so many.
  private var distance: UInt32 { UInt32(min(arena.frameCount / 4, 32)) }

  private mutating func stopWaiting(_ waiter: Int) {
    if let place = waiters.place(of: waiter) {
      waiters.remove(waiter)
      if queues.queue(of: place) == .homeless, waiters.first(at: place) == nil { vacate(place) }
    } else if waiters.isReady(waiter) {
      waiters.remove(waiter)
      if let news = waiters.news(of: waiter), news.failure == nil { redeemPromise(of: news.frame) }
      waiters.forgetNews(of: waiter)
    }
  }

  /// Where a block stands that has to be read: in a frame, or where it waits for one.
  private mutating func placeForReading(_ block: BlockNumber, from first: Sector, _ worth: Worth) -> Int {
    if queues.count(of: .homeless) == 0, let frame = freeFrame() {
      startReading(block, from: first, into: frame, queue: .wanted)
      places[frame].value(worth)
      return frame
    }
    guard let place = queues.takeOldest(of: .vacant) else {
      preconditionFailure("every waiter waits, and one more does")
    }
    counters.exhausted += 1
    places[place] = Place(block: block, isReading: true, first: first, lastUse: time)
    places[place].value(worth)
    table.insert(block, at: place)
    queues.append(place, to: .homeless)
    return place
  }

  private mutating func redeemPromise(of frame: Int) {
    places[frame].promises -= 1
    makeEvictable(frame)
  }
}
