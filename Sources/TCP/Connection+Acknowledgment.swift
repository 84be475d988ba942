package import Time
import Wire

/// What an acknowledgment of ours means: text arrived, a round trip took so long, the path carries more, or less.
extension Connection {
  /// Fifth step of SEGMENT ARRIVES, for an acknowledgment that can be one of ours.
  @inline(__always)
  mutating func takeAcknowledgment(
    _ segment: Segment, _ number: SequenceNumber, _ arrival: inout Arrival, _ ranges: inout SentRanges,
    at now: Instant
  ) {
    var news = AcknowledgmentNews(at: now, shortest: timeout.shortest, flight: snd.flight)
    news.isDuplicate = isDuplicate(segment, number)
    if number > snd.una {
      advance(to: number, &news, &arrival, &ranges)
      if let timestamps, let echo = segment.timestamps?.echo {
        news.delivery.echoed = timestamps.roundTrip(of: echo, snd.iss, at: now)
      }
    }
    if isSelective { takeSelections(segment, number, &news, &ranges) }
    if !notices.isEmpty { heedEcho(segment, news) }
    if recovery.isQuiet, flight.isPlain, news.isPlain {
      guard news.hasAdvanced else { return }
      takeRoundTrip(news.delivery)
      grow(news)
      timer = .off
      setTimer(at: now)
    } else {
      recover(news, &ranges)
    }
  }

  /// SND.UNA < SEG.ACK =< SND.NXT: new text, or our FIN, has arrived.
  @inline(__always)
  private mutating func advance(
    to acknowledgment: SequenceNumber, _ news: inout AcknowledgmentNews, _ arrival: inout Arrival,
    _ ranges: inout SentRanges
  ) {
    let count = acknowledgment.value &- snd.una.value
    // The only number beyond the text is the FIN's. (A long text has more bytes than there are numbers.)
    let isFinCovered = UInt64(count) > queue.byteCount
    let text = isFinCovered ? count &- 1 : count
    flight.acknowledge(upTo: acknowledgment, &news.delivery, &ranges)
    // Whatever the state of recovery, bytes leave the queue once.
    queue.acknowledge(UInt64(text))
    arrival.acknowledgedCount = UInt64(text)
    news.text = text
    news.hasAdvanced = true
    path.passed()
    noteProgress(at: news.delivery.now)
    snd.una = acknowledgment
    if snd.nxt < snd.una { snd.nxt = snd.una }
    if isFinCovered { finAcknowledged(&arrival, at: news.delivery.now) }
  }

  /// Takes in the round trips that an acknowledgment has measured (RFC 6298 §3). Text sent twice is not measured (Karn's
  /// algorithm), unless by the echo of our clock, which tells both apart (RFC 7323 §4); the longest counts for the time-out, the shortest for everything else.
  @inline(__always)
  mutating func takeRoundTrip(_ delivery: Delivery) {
    rack.take(delivery)
    guard let oldest = delivery.oldestOnce else {
      if let echoed = delivery.echoed { timeout.measure(echoed) }
      return
    }
    timeout.measure(delivery.now.since(oldest))
    if let newest = delivery.newestSentAt, newest > oldest { timeout.noteRoundTrip(delivery.now.since(newest)) }
  }

  /// Lets the window grow, if it was used.
  @inline(__always)
  mutating func grow(_ news: AcknowledgmentNews) {
    guard news.text > 0, congestion.isUsed else { return }
    congestion.acknowledged(
      Growth(
        count: news.text, mss: snd.mss, una: snd.una, max: snd.max,
        roundTrip: news.delivery.oldestOnce.map { news.delivery.now.since($0) },
        smoothed: timeout.smoothed ?? .zero, now: news.delivery.now))
  }

  /// Our FIN has arrived (RFC 9293 §3.10.7.4, the states of the fifth step).
  private mutating func finAcknowledged(_ arrival: inout Arrival, at now: Instant) {
    switch state {
    case .finWait1:
      state = .finWait2
      if lingerDeadline > now { lingerDeadline = now + Connection.longestLinger }
    case .closing:
      state = .timeWait
      arrival.ending = .timeWait
    case .lastAck:
      state = .closed
      arrival.ending = .closed
    case .established, .finWait2, .closeWait, .timeWait, .closed: break
    }
  }

  /// How long a connection that we have closed waits for the peer to close. The RFC sets no bound; without one, a peer
  /// that went away would hold a block for ever.
  package static let longestLinger = Interval.seconds(60)
}

/// What one acknowledgment has told.
struct AcknowledgmentNews {
  /// What has arrived.
  var delivery: Delivery
  /// Numbers that were in flight before.
  let flight: UInt32
  /// Bytes of text that were acknowledged.
  var text: UInt32 = 0
  /// Whether SND.UNA has moved.
  var hasAdvanced = false
  /// Whether it is a duplicate in the sense of RFC 5681 §2.
  var isDuplicate = false
  /// Whether it named anything that is held ahead of a gap.
  var hasSelections = false
  /// What arrived twice, if the peer has said so (RFC 2883).
  var twice: SelectiveBlock?

  /// Nothing yet.
  init(at now: Instant, shortest: Interval, flight: UInt32) {
    delivery = Delivery(at: now, shortest: shortest)
    self.flight = flight
  }

  /// Whether it tells of nothing unusual.
  var isPlain: Bool { !isDuplicate && !hasSelections && twice == nil && !delivery.hasFalseLoss }
}
