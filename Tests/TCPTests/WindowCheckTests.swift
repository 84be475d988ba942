import TestKit
import Testing
import Time
import Wire

@testable import TCP

/// The four cases in which a segment is acceptable (RFC 9293 §3.10.7.4, Table 6).
struct WindowCheckTests {
  /// A connection whose peer may send so many bytes from number 1 on.
  static func connection(window: UInt32) -> Connection {
    var connection = Connection.established()
    connection.rcv.edge = connection.rcv.nxt + window
    return connection
  }

  @Test(arguments: [
    (0, 0, 1, true), (0, 0, 0, false), (0, 0, 2, false),
    (100, 0, 1, true), (100, 0, 100, true), (100, 0, 0, false), (100, 0, 101, false),
  ])
  func `An empty segment is acceptable inside the window, or at a closed one`(
    window: UInt32, count: Int, sequence: Int, isAcceptable: Bool
  ) {
    let connection = WindowCheckTests.connection(window: window)
    #expect(connection.isAcceptable(Segment(sequence: sequence, count: count)) == isAcceptable)
  }

  @Test(arguments: [
    (100, 10, 1, true), (100, 10, 100, true), (100, 10, 101, false), (100, 10, -8, true), (100, 10, -9, false),
    (100, 200, -20, true), (100, 200, 101, false), (1, 1, 1, true), (1, 1, 2, false), (1, 1, 0, false),
  ])
  func `Text is acceptable where any of it lies in the window`(
    window: UInt32, count: Int, sequence: Int, isAcceptable: Bool
  ) {
    let connection = WindowCheckTests.connection(window: window)
    #expect(connection.isAcceptable(Segment(sequence: sequence, count: count)) == isAcceptable)
  }

  @Test func `With a closed window text at its edge brings its acknowledgment and nothing else`() {
    var connection = WindowCheckTests.connection(window: 0)
    #expect(connection.isAcceptable(Segment(sequence: 1, count: 10)))
    #expect(!connection.isAcceptable(Segment(sequence: 2, count: 10)))
    let arrival = connection.segmentArrives(Segment(sequence: 1, count: 10, window: 77), at: .epoch)
    #expect(arrival == Arrival())
    #expect(connection.snd.wnd == 77)
    #expect(connection.obligation == .due)
  }

  @Test func `A segment longer than half the number space is still inside or outside`() {
    let connection = WindowCheckTests.connection(window: 100)
    #expect(!connection.isAcceptable(Segment(sequence: Int(Int32.max), count: 1)))
    #expect(!connection.isAcceptable(Segment(sequence: Int(Int32.min), count: 1)))
  }
}
