import TCP

/// Why a request was not answered well.
package enum LoadFailure: Int, Error, CaseIterable, Sendable {
  /// The server does not want the connection.
  case refused
  /// Nobody has the server's address.
  case unreachable
  /// The connection could not be opened, or its peer fell silent.
  case connectionTimedOut
  /// The server reset the connection.
  case reset
  /// The server closed the connection before its answer was complete.
  case closedEarly
  /// The answer took too long.
  case answerTimedOut
  /// The status says that something went wrong (4xx, 5xx).
  case status
  /// The head of the answer cannot be read.
  case malformed
  /// The body comes in chunks, which a load generator does not read.
  case chunked
  /// The head does not say how long the body is.
  case lengthless
  /// The body is not the one that was to come.
  case mismatch

  /// How a connection that has ended has failed whoever waited for an answer.
  init(_ ending: Ending) {
    self =
      switch ending {
      case .timeWait, .closed: .closedEarly
      case .reset: .reset
      case .timedOut: .connectionTimedOut
      case .refused: .refused
      case .unreachable: .unreachable
      }
  }
}

/// What has become of all requests so far.
package struct LoadCounters: Sendable {
  /// Requests begun.
  package internal(set) var begun: UInt64 = 0
  /// Requests answered in full, with any status.
  package internal(set) var answered: UInt64 = 0
  /// Connections that were opened.
  package internal(set) var connections: UInt64 = 0
  /// Bytes of bodies.
  package internal(set) var bodyBytes: UInt64 = 0
  /// Bytes of heads and bodies.
  package internal(set) var bytes: UInt64 = 0
  private var failures = [11 of UInt64](repeating: 0)

  /// All zero.
  package init() {}

  /// How often something went wrong.
  package subscript(failure: LoadFailure) -> UInt64 {
    get { failures[failure.rawValue] }
    set { failures[failure.rawValue] = newValue }
  }

  /// All that went wrong together.
  package var failureCount: UInt64 { LoadFailure.allCases.reduce(0) { $0 + self[$1] } }
}
