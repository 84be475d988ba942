import Cache
import LinuxLink
import Logging
import Server
import Stack
import TCP
import Time
import Wire

/// The loop of a server on the kernel's sockets: waits for connections, requests, room to write, reads and signals.
struct SocketLoop: ~Copyable {
  private var server: SocketEngine
  private var reads: BlockReads
  private var ready: ReadySet
  private var sockets: [StreamSocket?]
  /// Whether a connection waits for room to write.
  private var isWriting: [Bool]
  private var free: [Int]
  private let listener: StreamListener
  private let clock = MonotonicClock()
  private let wall = WallClock()
  private let logger: Logger

  /// What is ready, where it is no connection.
  private enum Name {
    static let listener: UInt32 = .max
    static let reads: UInt32 = .max - 1
    static let signals: UInt32 = .max - 2
  }

  /// A loop around a server. `ready` watches the listener, the reads and the signals.
  init(
    server: consuming SocketEngine, reads: consuming BlockReads, listener: consuming StreamListener,
    ready: consuming ReadySet, logger: Logger
  ) {
    sockets = Array(repeating: nil, count: server.capacity)
    isWriting = Array(repeating: false, count: server.capacity)
    free = (0..<server.capacity).reversed()
    self.ready = ready
    self.server = server
    self.reads = reads
    self.listener = listener
    self.logger = logger
  }

  /// Runs until a signal ends it.
  mutating func run(signals: borrowing SignalDescriptor) {
    var isOver = false
    while !isOver {
      let count = ready.wait(until: clock.now + .seconds(1))
      let now = clock.now
      server.engine.setDate(unixSeconds: wall.unixSeconds)
      for index in 0..<count {
        switch ready.name(index) {
        case Name.listener: accept()
        case Name.reads: break
        case Name.signals: isOver = isOver || signals.next() != nil
        case let place: serve(Int(place), at: now)
        }
      }
      completeReads(at: now)
    }
    for socket in sockets { socket?.close() }
    reads.shutDown()
    logger.notice("\(server.engine.counters.requests) requests")
  }

  private mutating func accept() {
    while let place = free.last, let socket = listener.next() {
      guard (try? ready.add(socket.number, as: UInt32(place))) != nil else { return socket.close() }
      free.removeLast()
      sockets[place] = socket
      server.open(place)
    }
  }

  /// Hands over what was read, and goes on with what has waited for it.
  private mutating func completeReads(at now: Instant) {
    let logger = logger
    reads.submit(&server.engine)
    reads.complete(&server.engine, at: now) { logger.error("\($0.words)") }
    while let place = server.nextReady() { write(place, at: now) }
    reads.submit(&server.engine)
  }

  /// Reads what has arrived on a connection, and answers it.
  private mutating func serve(_ place: Int, at now: Instant) {
    guard let socket = sockets[place] else { return }
    guard server.isReading(place) else { return write(place, at: now) }
    var outcome = StreamSocket.Outcome.notNow
    _ = server.receive(on: place) { room in
      outcome = socket.read(into: &room)
      guard case .bytes(let count) = outcome else { return 0 }
      return count
    }
    switch outcome {
    case .bytes: write(place, at: now)
    case .notNow: break
    case .ended: close(place)
    }
  }

  /// Writes what there is to say on a connection.
  private mutating func write(_ place: Int, at now: Instant) {
    guard let socket = sockets[place] else { return }
    while server.prepare(place, at: now) > 0 {
      let outcome = socket.write(
        server.piece(0, of: place), server.piece(1, of: place), server.piece(2, of: place), server.piece(3, of: place))
      switch outcome {
      case .bytes(let count): server.wrote(count, on: place)
      case .notNow: return wait(place, toWrite: true)
      case .ended: return close(place)
      }
    }
    if server.isBroken(place) || server.isFinished(place) { return close(place) }
    wait(place, toWrite: false)
  }

  /// Waits for room to write on a connection, or for something to read.
  private mutating func wait(_ place: Int, toWrite: Bool) {
    guard isWriting[place] != toWrite, let socket = sockets[place] else { return }
    isWriting[place] = toWrite
    ready.change(socket.number, as: UInt32(place), toWriting: toWrite)
  }

  private mutating func close(_ place: Int) {
    sockets[place]?.close()
    (sockets[place], isWriting[place]) = (nil, false)
    server.close(place)
    free.append(place)
  }
}

/// Putting it together.
extension SocketLoop {
  /// Serves sites on the kernel's sockets until a signal ends it.
  static func run(
    _ sites: [ServedSite], at address: SocketAddress, _ options: ServeOptions, _ signals: borrowing SignalDescriptor
  ) throws(CommandFailure) {
    let listener = try CommandFailure.catching { () throws(SystemError) in
      try StreamListener(address: address.address, port: address.port)
    }
    let engine = try ServerAssembly.engine(onSocketsFor: sites, options)
    let reads = try ServerAssembly.reads(sites, engine, options)
    let logger = ServerAssembly.logger(options)
    if !options.quiet {
      let words = sites.map(\.words).joined(separator: "; ")
      CommandOutput.error("serving \(words) at http://\(address)/ on the sockets of the kernel")
    }
    let ready = try CommandFailure.catching { () throws(SystemError) in try ReadySet() }
    do throws(SystemError) {
      try ready.add(listener.descriptorNumber, as: Name.listener)
      try ready.add(reads.descriptorNumber, as: Name.reads)
      try ready.add(signals.descriptorNumber, as: Name.signals)
    } catch {
      throw .failed(error.description)
    }
    let server = SocketEngine(engine: engine, capacity: options.mostConnections)
    var loop = SocketLoop(server: server, reads: reads, listener: listener, ready: ready, logger: logger)
    loop.run(signals: signals)
  }
}
