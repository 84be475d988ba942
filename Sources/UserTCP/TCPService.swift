import Stack
import TCP
import Time
import Wire

/// The connections of a server, and what can be done with them.
public struct TCPService: ~Copyable {
  var host: Host
  var store: SendStore
  /// When the present turn began.
  var now: Instant

  init(_ configuration: HostConfiguration, chunks: Int, at now: Instant) {
    host = Host(configuration, at: now)
    store = SendStore(chunks: chunks)
    self.now = now
  }

  /// Sends text: it is copied, goes out when both windows allow, and is sent again until it has arrived.
  /// - Returns: how many bytes, from the first, were taken. It is less than all when the connection has as much to send as
  ///   it may; `canSend` says when there is room again.
  public mutating func send(_ text: RawSpan, on connection: TCPConnection) -> Int {
    var taken = 0
    while taken < text.byteCount, host.queueRoom(of: connection.id) > 0, host.wantsText(connection.id) {
      guard let run = store.store(text.extracting(taken..<text.byteCount)) else { break }
      guard host.append(run, to: connection.id) else {
        store.release(run.source)
        break
      }
      taken += Int(run.length)
    }
    return taken
  }

  /// Closes our side behind all that was sent; the peer may go on sending.
  public mutating func finish(_ connection: TCPConnection) {
    host.finish(connection.id, at: now)
  }

  /// Ends the connection at once, by a reset. `ended` is not called for it.
  public mutating func reset(_ connection: TCPConnection) {
    host.abort(connection.id, at: now)
    remove(connection.id)
  }

  /// Whether the name is that of a connection that has not ended.
  public func isOpen(_ connection: TCPConnection) -> Bool { host.isValid(connection.id) }

  /// The peer's address and port, such as `10.9.0.1:40312`.
  public func peer(of connection: TCPConnection) -> String {
    let peer = host.peer(of: connection.id)
    return "\(peer.address.hostText):\(peer.port)"
  }

  /// How many connections there are.
  public var connectionCount: Int { host.connectionCount }

  /// Takes back the memory of text that has arrived.
  mutating func release(_ id: ConnectionID) {
    while let source = host.nextReleasedSource(of: id) { store.release(source) }
  }

  /// Forgets a connection that has ended.
  mutating func remove(_ id: ConnectionID) {
    host.abandonText(of: id)
    release(id)
    host.remove(id)
  }
}
