import Cache
import HTTP
import Pack
import Stack
package import Time
import Wire

/// The same answers over a TCP that is somebody else's: requests come as bytes, and what there is to say is handed out as
/// references to the head and into the cache, to be written to a socket.
///
/// It is what Cheetah would be on the kernel's sockets. Connections are places from 0 to `capacity - 1`.
package struct SocketEngine: ~Copyable {
  /// The most pieces that are handed out at once: a head and three blocks.
  package static let mostPieces = 4
  /// Bytes of requests that are kept for a connection.
  package static let requestCapacity = 16_384

  /// What answers. Its host has no connection.
  package var engine: Engine
  /// How many connections there may be.
  package let capacity: Int

  var exchanges: [SocketExchange]
  /// What has arrived and is not answered; taken out while it is looked at, since that changes everything else.
  private var requests: ByteArena?

  /// An engine's answers for so many connections. Its configuration must say that it serves sockets, and
  /// have a head for each connection.
  package init(engine: consuming Engine, capacity: Int) {
    precondition(engine.configuration.servesSockets && engine.configuration.mostHeads >= capacity)
    precondition(engine.host.configuration.mostConnections >= capacity)
    self.engine = engine
    self.capacity = capacity
    exchanges = Array(repeating: SocketExchange(), count: capacity)
    requests = ByteArena(untouched: capacity * SocketEngine.requestCapacity)
  }

  /// A connection has come.
  package mutating func open(_ place: Int) {
    exchanges[place] = SocketExchange()
    engine.sessions.open(ConnectionID(place: place))
  }

  /// A connection is gone.
  package mutating func close(_ place: Int) {
    if let head = exchanges[place].head { engine.heads.release(head) }
    exchanges[place] = SocketExchange()
    engine.cache.cancel(waiter: place)
    engine.sessions.close(ConnectionID(place: place))
  }

  /// Lets `body` write what has arrived on a connection behind what is not answered yet.
  /// - Returns: what `body` says, the bytes it has written.
  package mutating func receive(on place: Int, _ body: (inout MutableRawSpan) -> Int) -> Int {
    guard var memory = requests.take() else { return 0 }
    let start = exchanges[place].unread
    var room = memory.mutableBytes(
      at: place * SocketEngine.requestCapacity + start, count: SocketEngine.requestCapacity - start)
    let count = body(&room)
    requests = consume memory
    exchanges[place].unread += max(count, 0)
    return count
  }

  /// Whether the last answer of a connection was handed out, and it is to be closed.
  package func isFinished(_ place: Int) -> Bool {
    exchanges[place].head == nil && engine.sessions[ConnectionID(place: place)].phase == .closing
  }

  /// Whether a connection waits for more of a request.
  package func isReading(_ place: Int) -> Bool {
    exchanges[place].head == nil && engine.sessions[ConnectionID(place: place)].phase == .reading
  }

  /// A connection that may go on since a block has come; nil when there is none.
  package mutating func nextReady() -> Int? {
    while let ready = engine.cache.nextReady() {
      let id = ConnectionID(place: ready.waiter)
      switch engine.sessions[id].phase {
      case .closed, .reading, .closing: continue
      case .waiting where ready.isFailed: refuse(.internalServerError, on: ready.waiter)
      case .waiting: engine.sessions[id].phase = .reading
      case .sending where ready.isFailed: exchanges[ready.waiter].isBroken = true
      case .sending: break
      }
      return ready.waiter
    }
    return nil
  }

  /// Whether the rest of an answer cannot be had.
  package func isBroken(_ place: Int) -> Bool { exchanges[place].isBroken }
}

/// Answering.
extension SocketEngine {
  /// Answers the next request of a connection, if the last answer is written and a whole request is there, and counts the
  /// pieces of what there is to write now.
  package mutating func prepare(_ place: Int, at now: Instant) -> Int {
    if isReading(place), exchanges[place].unread > 0 { answer(place) }
    guard let head = exchanges[place].head else { return 0 }
    let id = ConnectionID(place: place)
    exchanges[place].pieceCount = 0
    if exchanges[place].headOffset < engine.heads.length(of: head) { exchanges[place].pieceCount = 1 }
    var body = engine.sessions[id].body
    var residentCount = 0
    while body.remaining > 0, exchanges[place].pieceCount < SocketEngine.mostPieces {
      guard engine.cache.request(body.block, from: body.offset, by: place) == .resident else {
        engine.prefetchGroup(of: id, for: body.block)
        break
      }
      // Else the next that is asked for could take its place.
      engine.cache.pin(body.block)
      residentCount += 1
      exchanges[place].pieceCount += 1
      body.nextBlock()
    }
    unpin(residentCount, from: engine.sessions[id].body)
    return exchanges[place].pieceCount
  }

  /// Lets go of so many blocks of a body. They stay until something else is asked for.
  private mutating func unpin(_ count: Int, from first: BodyCursor) {
    var body = first
    for _ in 0..<count {
      engine.cache.unpin(body.block)
      body.nextBlock()
    }
  }

  private mutating func answer(_ place: Int) {
    let id = ConnectionID(place: place)
    guard let memory = requests.take() else { return }
    let reply = reply(to: memory, on: place)
    requests = consume memory
    switch reply {
    case .waiting: break
    case .incomplete:
      if exchanges[place].unread == SocketEngine.requestCapacity { refuse(.requestHeaderFieldsTooLarge, on: place) }
    case .rejected(let status): refuse(status, on: place)
    case .response(let response, let request):
      engine.count(response.status)
      engine.counters.bodyBytes += response.body.remaining
      engine.begin(response, of: id)
      exchanges[place].head = response.head
      exchanges[place].headOffset = 0
      drop(request.byteCount, of: place)
    }
  }

  private mutating func reply(to memory: borrowing ByteArena, on place: Int) -> Engine.Reply {
    let start = place * SocketEngine.requestCapacity
    return engine.reply(
      to: memory.bytes(at: start, count: exchanges[place].unread), of: ConnectionID(place: place))
  }

  /// Takes an answered request off the front.
  private mutating func drop(_ count: Int, of place: Int) {
    let start = place * SocketEngine.requestCapacity
    let rest = exchanges[place].unread - count
    if rest > 0 { requests?.move(from: start + count, to: start, count: rest) }
    exchanges[place].unread = rest
  }

  /// Answers with a status alone, and closes.
  private mutating func refuse(_ status: Status, on place: Int) {
    let id = ConnectionID(place: place)
    guard let head = engine.heads.allocate() else { return }
    let hasBody = !asksForHead(place)
    _ = engine.spell(.page(status), at: head, keepsAlive: false, hasBody: hasBody)
    engine.count(status)
    engine.begin(Response(status: status, head: head, keepsAlive: false), of: id)
    exchanges[place].head = head
    exchanges[place].headOffset = 0
    exchanges[place].unread = 0
  }

  /// Whether what is refused asks with HEAD.
  private borrowing func asksForHead(_ place: Int) -> Bool {
    switch requests {
    case .some(let memory):
      let start = place * SocketEngine.requestCapacity
      return RequestParser.asksForHead(memory.bytes(at: start, count: exchanges[place].unread))
    case .none: return false
    }
  }

  /// One of the pieces that `prepare` has counted; empty behind the last. They are valid until the next call of anything
  /// else.
  @_lifetime(borrow self)
  package borrowing func piece(_ index: Int, of place: Int) -> RawSpan {
    guard let head = exchanges[place].head, index < exchanges[place].pieceCount else { return RawSpan() }
    let (offset, length) = (exchanges[place].headOffset, engine.heads.length(of: head))
    let hasHead = offset < length
    if hasHead, index == 0 { return engine.heads.bytes(of: head, at: offset, count: length - offset) }
    var body = engine.sessions[ConnectionID(place: place)].body
    for _ in 0..<(hasHead ? index - 1 : index) { body.nextBlock() }
    let range = body.offset..<(body.offset + body.countInBlock)
    return engine.cache.payload(of: body.block).extracting(range)
  }

  /// So many bytes of the pieces were written.
  package mutating func wrote(_ count: Int, on place: Int) {
    guard let head = exchanges[place].head else { return }
    let id = ConnectionID(place: place)
    let ofHead = min(count, engine.heads.length(of: head) - exchanges[place].headOffset)
    exchanges[place].headOffset += ofHead
    engine.sessions[id].body.drop(count - ofHead)
    guard exchanges[place].headOffset == engine.heads.length(of: head), engine.sessions[id].body.remaining == 0 else {
      return
    }
    engine.heads.release(head)
    exchanges[place].head = nil
    engine.sessions[id].phase = engine.sessions[id].keepsAlive && !engine.isDraining ? .reading : .closing
  }
}
