package import Time

/// When peers are to answer what they were sent: a round trip later.
///
/// Whoever sleeps until then answers late, by what it takes to be woken, and once a flight. So a loop can wake up shortly before
/// and ask its device instead. Of windows that lie close together only the first is kept, so that who asks in each of them asks
/// for half of the time at most, whatever is sent.
package struct DueAnswers {
  /// The shortest round trip that is worth a sleep and a wake-up before its end.
  static let shortestRoundTrip = Interval.microseconds(400)
  /// How long before a round trip is over its window begins: what a wake-up by a timer takes, and some more.
  static let mostEarly = Interval.microseconds(500)
  /// How long after that it ends, when nothing came.
  static let late = Interval.microseconds(50)

  /// The windows in which something is due, in order, the first `count`.
  private var windows = InlineArray<32, Range<Instant>>(repeating: Instant.epoch..<Instant.epoch)
  private var count = 0
  /// Before this no window begins: what the last one that was dropped leaves.
  private var earliest = Instant.epoch
  /// How far away the last peer was; zero where that is near, and before the first.
  private var roundTrip = Interval.zero
  /// When the last was sent to a peer that is as far as that.
  private var lastSent = Instant.never

  /// The first window that is not over; nil where nothing is due that one could wait for.
  package func window(at now: Instant) -> Range<Instant>? {
    for position in 0..<count where windows[position].upperBound > now { return windows[position] }
    return nil
  }

  /// Notes that frames have arrived: the windows that had begun have had their use.
  package mutating func arrived(at now: Instant) {
    if count > 0 { drop { $0.lowerBound <= now } }
  }

  /// Notes what was sent to a peer that is so far away.
  mutating func expect(after roundTrip: Interval, from now: Instant) {
    guard roundTrip >= DueAnswers.shortestRoundTrip else {
      self.roundTrip = .zero
      return
    }
    // Many segments are sent in one turn, to peers that are as far, to a sixteenth of a millisecond, as the last one.
    if now == lastSent, roundTrip.nanoseconds >> 16 == self.roundTrip.nanoseconds >> 16 { return }
    self.roundTrip = roundTrip
    note(sentAt: now)
  }

  /// Notes what was sent to a peer whose distance is not known: as far as the last one.
  mutating func expectAsBefore(from now: Instant) {
    if roundTrip > .zero, now != lastSent { note(sentAt: now) }
  }

  private mutating func note(sentAt now: Instant) {
    lastSent = now
    drop { $0.upperBound <= now }
    guard count < windows.count else { return }
    let early = min(roundTrip / 4, DueAnswers.mostEarly)
    insert((now + (roundTrip - early))..<(now + (roundTrip + DueAnswers.late)))
  }

  /// Puts a window in its place, unless it is close to another.
  private mutating func insert(_ window: Range<Instant>) {
    var place = count
    while place > 0, windows[place - 1].lowerBound > window.lowerBound { place -= 1 }
    guard window.lowerBound >= (place > 0 ? DueAnswers.next(after: windows[place - 1]) : earliest) else { return }
    guard place == count || windows[place].lowerBound >= DueAnswers.next(after: window) else { return }
    var position = count
    while position > place {
      windows[position] = windows[position - 1]
      position -= 1
    }
    windows[place] = window
    count += 1
  }

  /// When the next window may begin: after one that is asked in, nothing is asked for as long.
  private static func next(after window: Range<Instant>) -> Instant {
    window.upperBound + window.upperBound.since(window.lowerBound)
  }

  /// Drops the first windows that are done with.
  private mutating func drop(while isDone: (Range<Instant>) -> Bool) {
    var done = 0
    while done < count, isDone(windows[done]) { done += 1 }
    guard done > 0 else { return }
    earliest = DueAnswers.next(after: windows[done - 1])
    for position in done..<count { windows[position - done] = windows[position] }
    count -= done
  }
}
