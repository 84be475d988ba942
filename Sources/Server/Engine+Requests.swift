import Cache
import HTTP
import Pack
import Stack
import TCP
import Time
import Wire

/// From text to answers.
extension Engine {
  /// What came of the text at the front.
  enum Answering: Equatable {
    /// It is the beginning of a request.
    case incomplete
    /// It has to be looked at again: a block, or a place for a head, is missing.
    case waiting
    /// So many bytes of it are answered.
    case answered(Int)
    /// The connection is gone.
    case gone
  }

  /// Reads text that lies in a frame. What cannot be answered now is kept.
  @inline(__always)
  mutating func read(_ text: RawSpan, of id: ConnectionID, at now: Instant) {
    guard let consumed = answer(text, of: id, at: now) else { return }
    host.consume(consumed, of: id)
    guard consumed < text.byteCount, !keep(text.extracting(droppingFirst: consumed), of: id, at: now) else { return }
    counters.overloads += 1
    abort(id, at: now)
  }

  /// Keeps text that is not answered yet. The beginning of a request may have the last buffer, and one that somebody is
  /// evicted for; what waits behind an answer or for the disk is left to the peer where buffers are short, to be sent
  /// once more.
  /// - Returns: false when it is lost.
  private mutating func keep(_ text: RawSpan, of id: ConnectionID, at now: Instant) -> Bool {
    let isBeginning = sessions[id].phase == .reading
    if isBeginning, !host.hasFreeBuffer { makeRoom(at: now) }
    guard isBeginning ? host.hasFreeBuffer : host.hasSpareBuffer else {
      // What comes once more need not be the same.
      sessions[id].scanner = RequestScanner()
      return host.decline(id)
    }
    return host.keep(text, of: id)
  }

  /// Reads text that lies in a receive buffer. It is moved out of the host's way, since answering changes the host.
  mutating func readBuffered(_ id: ConnectionID, at now: Instant) {
    guard host.unreadCount(of: id) > 0, var memory = scratch.take() else { return }
    let count = host.copyBufferedText(of: id, to: &memory)
    let consumed = answer(memory.bytes(at: 0, count: count), of: id, at: now)
    scratch = consume memory
    guard let consumed else { return }
    host.consume(consumed, of: id)
    finishIfRead(id, at: now)
  }

  /// Answers as many requests as there are, and as the connection takes.
  /// - Returns: how many bytes were consumed; nil when the connection is gone.
  @inline(__always)
  private mutating func answer(_ text: RawSpan, of id: ConnectionID, at now: Instant) -> Int? {
    var offset = 0
    while offset < text.byteCount, sessions[id].phase == .reading, host.queueRoom(of: id) >= 2 {
      switch answerFirst(text.extracting(droppingFirst: offset), of: id, at: now) {
      case .incomplete:
        if !sessions[id].hasPartialRequest {
          sessions[id].hasPartialRequest = true
          host.setDeadline(now + configuration.headerTimeout, on: id)
        }
        return offset
      case .waiting:
        host.setDeadline(now + Engine.reliefInterval, on: id)
        return offset
      case .answered(let count): offset += count
      case .gone: return nil
      }
    }
    // Behind the last request nothing is read any more; it is taken so that the answer is not lost to a reset.
    return sessions[id].readsOn ? offset : text.byteCount
  }

  /// What there is to say to the text at the front.
  enum Reply {
    /// It is the beginning of a request.
    case incomplete
    /// It has to be looked at again: a block, or a place for a head, is missing.
    case waiting
    /// It cannot be answered but by a status.
    case rejected(Status)
    /// This, to this request.
    case response(Response, RequestHead)
  }

  /// Decides what to say to the request at the front of `text`.
  mutating func reply(to text: RawSpan, of id: ConnectionID) -> Reply {
    switch RequestParser.parse(text, scanner: &sessions[id].scanner, limits: configuration.requestLimits) {
    case .incomplete: return .incomplete
    case .rejected(let status): return .rejected(status)
    case .request(let request):
      guard let composition = decide(request, text, of: id), isBodyKnown(of: composition, for: request, of: id),
        let response = compose(composition, for: request, text, of: id)
      else {
        // The whole request is looked at again when what is missing has come.
        sessions[id].phase = .waiting
        sessions[id].scanner = RequestScanner()
        return .waiting
      }
      return .response(response, request)
    }
  }

  @inline(__always)
  private mutating func answerFirst(_ text: RawSpan, of id: ConnectionID, at now: Instant) -> Answering {
    if answerAgain(text, of: id, at: now) { return .answered(text.byteCount) }
    switch reply(to: text, of: id) {
    case .incomplete: return .incomplete
    case .waiting:
      if sessions[id].waitingSince == .never { sessions[id].waitingSince = now }
      return .waiting
    case .rejected(let status):
      return refuse(status, asked: text, on: id, at: now) ? .answered(text.byteCount) : .waiting
    case .response(let response, let request):
      remember(response, to: request, text, of: id)
      begin(response, to: request, text, of: id, at: now)
      return .answered(request.byteCount)
    }
  }

  /// Appends a response to what the connection has to send.
  mutating func begin(
    _ response: Response, to request: RequestHead, _ text: RawSpan, of id: ConnectionID, at now: Instant
  ) {
    count(response.status)
    note(response, to: request, text, of: id, at: now)
    begin(response, of: id, at: now)
  }

  /// Appends a response, and as much of its body as can be used.
  @inline(__always)
  mutating func begin(_ response: Response, of id: ConnectionID, at now: Instant) {
    if sessions[id].busySince == .never { sessions[id].busySince = min(sessions[id].waitingSince, now) }
    begin(response, of: id)
    beginPace(of: id, at: now)
    appendHead(response.head, to: id)
    advance(id, at: now)
    if sessions[id].phase == .sending { host.setDeadline(now + paceSpan, on: id) }
  }

  /// Notes that a response is being sent.
  @inline(__always)
  mutating func begin(_ response: Response, of id: ConnectionID) {
    sessions[id].scanner = RequestScanner()
    (sessions[id].lookup, sessions[id].awaitedBody) = (nil, nil)
    (sessions[id].hasMissed, sessions[id].waitingSince) = (false, .never)
    sessions[id].hasPartialRequest = false
    sessions[id].requestCount += 1
    sessions[id].keepsAlive = response.keepsAlive
    sessions[id].body = response.body
    sessions[id].parts = response.parts
    sessions[id].phase = .sending
  }

  /// Appends a composed head.
  @inline(__always)
  mutating func appendHead(_ place: Int, to id: ConnectionID) {
    let length = heads.length(of: place)
    let run = TextRun(source: TextSource(head: place), offset: 0, stride: UInt32(length), length: UInt64(length))
    if !host.append(run, to: id) { heads.release(place) }
  }

  /// Answers what lies in the receive buffer with an error, and closes. Where there is no place for the head the connection
  /// is reset.
  mutating func refuse(_ status: Status, on id: ConnectionID, at now: Instant) {
    guard var memory = scratch.take() else { return }
    let count = host.copyBufferedText(of: id, to: &memory)
    var page = errorPage(status, for: id)
    if page == nil { cache.cancel(waiter: id.index) }
    let isAnswered = refuse(
      with: page.take() ?? .page(status), asked: memory.bytes(at: 0, count: count), on: id, at: now)
    scratch = consume memory
    guard isAnswered else { return abort(id, at: now) }
    host.discardText(of: id)
  }

  /// Answers with an error and closes.
  /// - Parameter text: what is answered, or as much of it as has arrived.
  /// - Returns: false when there is no place for the head now, or no block with the site's page for it.
  private mutating func refuse(_ status: Status, asked text: RawSpan, on id: ConnectionID, at now: Instant) -> Bool {
    guard let page = errorPage(status, for: id) else {
      sessions[id].phase = .waiting
      sessions[id].scanner = RequestScanner()
      return false
    }
    return refuse(with: page, asked: text, on: id, at: now)
  }

  private mutating func refuse(
    with page: Composition, asked text: RawSpan, on id: ConnectionID, at now: Instant
  ) -> Bool {
    guard let place = allocateHead(for: id) else { return false }
    let hasBody = !RequestParser.asksForHead(text)
    _ = spell(page, at: place, keepsAlive: false, hasBody: hasBody)
    var response = Response(status: page.status, head: place, keepsAlive: false)
    if hasBody, let body = page.body { response.body = body }
    response.coding = page.coding
    count(page.status)
    note(response, toRefused: text, of: id, at: now)
    begin(response, of: id, at: now)
    return true
  }

  /// A place for a head; without one the session looks again when one is free.
  mutating func allocateHead(for id: ConnectionID) -> Int? {
    if let place = heads.allocate() { return place }
    answers.forget(in: &heads)
    if let place = heads.allocate() { return place }
    sessions[id].phase = .waiting
    starve(id)
    return nil
  }
}
