package import Stack
package import Time
package import Wire

/// What is to be asked of whom, how often and for how long. Fixed when the load begins.
package struct LoadPlan: Sendable {
  /// The server's address.
  package var peer: IPAddress
  /// The server's port.
  package var port: UInt16
  /// The way to it.
  package var way = NextHop.direct
  /// How many connections there may be at once; at least 1.
  package var connections = 32
  /// What becomes of a connection that has carried an answer.
  package var reuse = ConnectionReuse.keepAlive(depth: 1)
  /// When the next request is due.
  package var pace = Pace.closed
  /// The most requests; at least 1.
  package var mostRequests = UInt64.max
  /// How long requests are begun.
  package var duration = Interval.seconds(10)
  /// How long an answer may take; whoever takes longer is reset.
  package var patience = Interval.seconds(5)

  /// A load on a server.
  package init(peer: IPAddress, port: UInt16) {
    self.peer = peer
    self.port = port
  }
}

/// What becomes of a connection that has carried an answer.
package enum ConnectionReuse: Equatable, Sendable {
  /// It carries the next request, too. So many requests may be on their way on it at once, from 1 to 4.
  case keepAlive(depth: Int)
  /// Both sides close it.
  case never

  /// The most requests on their way on a connection that can be written down: what a send queue certainly holds.
  package static let deepest = 4

  /// How many requests may be on their way on a connection.
  var depth: Int {
    switch self {
    case .keepAlive(let depth): depth
    case .never: 1
    }
  }
}

/// When the next request is due.
package enum Pace: Equatable, Sendable {
  /// As soon as a connection is free: how fast the server answers decides how often it is asked. What waits while it is
  /// slow is never seen, so its percentiles flatter ("coordinated omission").
  case closed
  /// So many times a second, whether there is an answer or not. Each answer is measured from the moment its request was
  /// due.
  case open(perSecond: Double)
}
