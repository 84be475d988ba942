import Cache
import HTTP
import Link
import Pack
import Stack
import TestKit
import Time
import Wire

@testable import Server

/// A whole server in memory: an engine, a pack as an array, and clients beyond a wire that loses nothing.
///
/// Every frame the engine sends is checked, its checksums included.
final class EngineBench {
  /// The server.
  var engine: Engine
  /// The virtual time.
  private(set) var now = Instant(nanoseconds: 1_000_000_000)
  /// The connections, by the client's port.
  var clients: [UInt16: BenchClient] = [:]
  /// What the engine reads from.
  var disk: BenchDisk
  /// Blocks that cannot be read.
  var unreadable: Set<UInt32> {
    get { disk.unreadable }
    set { disk.unreadable = newValue }
  }

  private var nextPort: UInt16 = 40_000

  /// The second that the server's clock shows: 2026-11-25 12:00:00.
  static let unixSeconds: Int64 = 1_795_608_000

  /// A server of a pack.
  convenience init(
    _ pack: [UInt8], configuration: EngineConfiguration = EngineConfiguration(), frames: Int = 16
  ) throws {
    try self.init(packs: [pack], for: [[]], configuration: configuration, frames: frames)
  }

  /// A server of packs, each for its hosts.
  init(
    packs: [[UInt8]], for names: [[HostName]], configuration: EngineConfiguration = EngineConfiguration(),
    frames: Int = 16
  ) throws {
    disk = BenchDisk(packs)
    let sites = try zip(packs, names).map { pack, names in
      SitePack(try Superblock(parsing: Array(pack.prefix(BlockGeometry.byteCount)).rawSpan), for: names)
    }
    var bench = BenchConfiguration()
    bench.mostConnections = 16
    bench.mostTimeWaits = 64
    bench.mostReceiveBuffers = 8
    var network = bench.host
    network.reservedReceiveBuffers = 2
    let host = Host(network, at: now)
    let cache = BlockCache(frames: frames, waiters: bench.mostConnections, identity: sites[0].superblock.identity)
    engine = Engine(configuration, host: host, cache: cache, sites: sites)
    engine.setDate(unixSeconds: EngineBench.unixSeconds)
  }

  /// Opens a connection.
  /// - Returns: the client's port.
  func open() throws -> UInt16 {
    nextPort += 1
    var client = BenchClient(port: nextPort)
    let syn = client.syn()
    clients[nextPort] = client
    try deliver(syn)
    try require(clients[nextPort]?.isOpen == true, "no answer to a SYN")
    return nextPort
  }

  /// Sends bytes on a connection, in segments that are full but for the last.
  func send(_ bytes: [UInt8], on port: UInt16) throws {
    var rest = bytes[...]
    while !rest.isEmpty, clients[port]?.isReset == false {
      guard let segment = clients[port]?.text(rest.prefix(1_460)) else { return }
      rest = rest.dropFirst(1_460)
      try deliver(segment)
    }
  }

  /// Sends a short text on a connection, and closes the client's side in the same segment.
  func sendLast(_ bytes: [UInt8], on port: UInt16) throws {
    guard let segment = clients[port]?.lastText(bytes[...]) else { return }
    try deliver(segment)
  }

  /// The client takes so many bytes more, and says so.
  func allow(_ count: Int, on port: UInt16) throws {
    clients[port]?.allowance += count
    if let segment = clients[port]?.windowUpdate() { try deliver(segment) }
  }

  /// The client closes its side.
  func finish(_ port: UInt16) throws {
    guard clients[port]?.hasFinished == false, let segment = clients[port]?.fin() else { return }
    try deliver(segment)
  }

  /// Lets time pass.
  func advance(by interval: Interval) throws {
    let end = now + interval
    while engine.nextDeadline <= end {
      now = max(now, engine.nextDeadline)
      engine.fire(at: now)
      try settle()
    }
    now = end
  }

  /// One connection, on which these pieces are sent one after the other before the client closes its side.
  /// - Returns: the client as it was before that.
  func exchange(_ pieces: [[UInt8]]) throws -> BenchClient {
    let port = try open()
    for piece in pieces { try send(piece, on: port) }
    guard let client = clients[port] else { throw TestFailure("no client at \(port)") }
    try end(port)
    return client
  }

  /// Ends a connection from the client's side, and forgets it.
  func end(_ port: UInt16) throws {
    if clients[port]?.isReset == false { try finish(port) }
    clients[port] = nil
  }

  /// The client resets a connection.
  func reset(_ port: UInt16) throws {
    guard let segment = clients[port]?.rst() else { return }
    clients[port] = nil
    try deliver(segment)
  }

  private func deliver(_ segment: PeerSegment) throws {
    let frame = segment.frame()
    engine.receive(frame.rawSpan, isVouchedFor: false, at: now)
    try settle()
  }

  /// Has the engine do everything it can: send, read blocks, and send again what that allows.
  private func settle() throws {
    var isBusy = true
    while isBusy {
      isBusy = false
      while let read = engine.nextRead() { disk.submit(read) }
      disk.begin()
      while let read = disk.next() {
        isBusy = true
        complete(read)
      }
      while engine.makeFrame(at: now) {
        isBusy = true
        try takeFrame()
      }
      for port in clients.keys.sorted() {
        guard let segment = clients[port]?.acknowledgment() else { continue }
        isBusy = true
        let frame = segment.frame()
        engine.receive(frame.rawSpan, isVouchedFor: false, at: now)
      }
      if !isBusy, let late = disk.nextLate() {
        isBusy = true
        complete(late)
      }
    }
  }

  private func takeFrame() throws {
    let frame = EngineBench.bytes(of: engine)
    let segment = try SentSegment(reading: frame, at: now, checksum: .complete)
    try clients[segment.port]?.receive(segment)
  }

  private static func bytes(of engine: borrowing Engine) -> [UInt8] {
    let frame = engine.frame()
    let front = [UInt8](copying: frame.header) + [UInt8](copying: frame.text.0) + [UInt8](copying: frame.text.1)
    return front + [UInt8](copying: frame.text.2) + [UInt8](copying: frame.text.3)
  }

  private func complete(_ read: BlockRead) {
    let bytes = disk.bytes(read)
    if let bytes { engine.cache.fill(read, with: bytes.rawSpan) }
    _ = engine.complete(read, isRead: bytes != nil, at: now)
  }
}
