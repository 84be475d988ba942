import TCP
import TestKit
import Testing
import Time
import Wire

/// SEGMENT ARRIVES in each synchronized state, a row of RFC 9293 §3.10.7.4 a test.
struct SegmentArrivesTests {
  static let states: [ConnectionState] = [.established, .finWait1, .finWait2, .closing, .closeWait, .lastAck]
  /// The states in which the peer has closed.
  static let closedByPeer: Set<ConnectionState> = [.closing, .closeWait, .lastAck]

  /// A connection in a state; nothing is owed. It has sent its FIN as number 1, the peer's is number 1 too.
  static func connection(in state: ConnectionState) -> Connection {
    var connection = Connection.established()
    let isClosedFirst = state == .finWait1 || state == .finWait2 || state == .closing
    if isClosedFirst { connection.finish(at: .epoch) }
    _ = connection.segments()
    if state == .finWait2 { _ = connection.segmentArrives(Segment(acknowledgment: 2), at: .epoch) }
    if closedByPeer.contains(state) { _ = connection.segmentArrives(Segment(.fin), at: .epoch) }
    if state == .lastAck { connection.finish(at: .epoch) }
    _ = connection.segments()
    return connection
  }

  /// RCV.NXT and SND.NXT of that connection, relative to the initial numbers.
  static func numbers(_ state: ConnectionState) -> (sequence: Int, acknowledgment: Int) {
    (closedByPeer.contains(state) ? 2 : 1, state == .established || state == .closeWait ? 1 : 2)
  }

  /// What a segment does: the arrival, the state, and whether it was answered with an acknowledgment.
  static func outcome(
    _ segment: Segment, in state: ConnectionState
  ) -> (arrival: Arrival, state: ConnectionState, isAnswered: Bool) {
    var connection = connection(in: state)
    var arrival = connection.segmentArrives(segment, at: .epoch)
    let answers = connection.segments()
    // A challenge is seen by its answer.
    arrival.isChallenged = false
    return (arrival, connection.state, answers.contains { $0.textCount == 0 && $0.control == .none })
  }

  @Test(arguments: states)
  func `The connection is in the state that the test means`(state: ConnectionState) {
    let connection = SegmentArrivesTests.connection(in: state)
    #expect(connection.state == state)
    #expect(connection.obligation == .none)
  }

  @Test(arguments: states)
  func `First, a segment outside the window is answered and changes nothing`(state: ConnectionState) {
    let (next, acknowledged) = SegmentArrivesTests.numbers(state)
    for sequence in [next - 1, next + 16_384, next + 1_000_000] {
      let segment = Segment(sequence: sequence, acknowledgment: acknowledged)
      let outcome = SegmentArrivesTests.outcome(segment, in: state)
      #expect(outcome.arrival == Arrival())
      #expect(outcome.state == state)
      #expect(outcome.isAnswered)
    }
  }

  @Test(arguments: states)
  func `Second, a reset with the exact number ends the connection`(state: ConnectionState) {
    let (next, _) = SegmentArrivesTests.numbers(state)
    let outcome = SegmentArrivesTests.outcome(Segment(.rst, sequence: next, acknowledgment: nil), in: state)
    #expect(outcome.arrival.ending == .reset)
    #expect(outcome.state == .closed)
    #expect(!outcome.isAnswered)
  }

  @Test(arguments: [(nil, 0), (1, 0), (1_461, 1_460), (3_001, 3_000), (3_002, 0), (-5, 0)] as [(Int?, UInt64)])
  func `Second, what a reset acknowledges of what was sent has arrived`(acknowledgment: Int?, count: UInt64) {
    var connection = Connection.established()
    _ = connection.append(TextRun(source: TextSource(0), offset: 0, stride: 3_000, length: 3_000))
    _ = connection.segments()
    let arrival = connection.segmentArrives(Segment(.rst, acknowledgment: acknowledgment), at: .epoch)
    #expect(arrival.ending == .reset)
    #expect(arrival.acknowledgedCount == count)
  }

  @Test(arguments: states)
  func `Second, a reset elsewhere in the window is challenged, outside it ignored`(state: ConnectionState) {
    let (next, _) = SegmentArrivesTests.numbers(state)
    for (sequence, isAnswered) in [(next + 1, true), (16_384, true), (next - 1, false), (16_385, false)] {
      let segment = Segment(.rst, sequence: sequence, acknowledgment: nil)
      let outcome = SegmentArrivesTests.outcome(segment, in: state)
      #expect(outcome.arrival == Arrival())
      #expect(outcome.state == state)
      #expect(outcome.isAnswered == isAnswered, "at \(sequence)")
    }
  }

  @Test(arguments: states)
  func `Fourth, a SYN is challenged, wherever it lies`(state: ConnectionState) {
    for sequence in [0, 1, 2, 100, 1_000_000] {
      for acknowledgment in [nil, 1] {
        let segment = Segment(.syn, sequence: sequence, acknowledgment: acknowledgment)
        let outcome = SegmentArrivesTests.outcome(segment, in: state)
        #expect(outcome.arrival == Arrival())
        #expect(outcome.state == state)
        #expect(outcome.isAnswered)
      }
    }
  }

  @Test(arguments: states)
  func `Fifth, a segment without ACK is dropped`(state: ConnectionState) {
    let (next, _) = SegmentArrivesTests.numbers(state)
    for control in [.none, .fin] as [TCPControl] {
      let segment = Segment(control, sequence: next, count: 10, acknowledgment: nil)
      let outcome = SegmentArrivesTests.outcome(segment, in: state)
      #expect(outcome.arrival == Arrival())
      #expect(outcome.state == state)
      #expect(!outcome.isAnswered)
    }
  }

  @Test(arguments: states)
  func `Fifth, an acknowledgment of what was never sent is challenged`(state: ConnectionState) {
    let (next, acknowledged) = SegmentArrivesTests.numbers(state)
    let segment = Segment(sequence: next, count: 10, acknowledgment: acknowledged + 1)
    let outcome = SegmentArrivesTests.outcome(segment, in: state)
    #expect(outcome.arrival == Arrival())
    #expect(outcome.state == state)
    #expect(outcome.isAnswered)
  }

  @Test(
    arguments: [
      (.finWait1, .finWait2, nil), (.closing, .timeWait, .timeWait), (.lastAck, .closed, .closed),
      (.established, .established, nil), (.finWait2, .finWait2, nil), (.closeWait, .closeWait, nil),
    ] as [(ConnectionState, ConnectionState, Ending?)])
  func `Fifth, the acknowledgment of the FIN moves on`(state: ConnectionState, after: ConnectionState, ending: Ending?)
  {
    let (next, acknowledged) = SegmentArrivesTests.numbers(state)
    let outcome = SegmentArrivesTests.outcome(Segment(sequence: next, acknowledgment: acknowledged), in: state)
    #expect(outcome.state == after)
    #expect(outcome.arrival.ending == ending)
    #expect(outcome.arrival.acknowledgedCount == 0)
    #expect(!outcome.isAnswered)
  }

  @Test(arguments: states)
  func `Seventh, text is taken until the peer has closed`(state: ConnectionState) {
    let (next, _) = SegmentArrivesTests.numbers(state)
    let acknowledgment = state == .finWait2 ? 2 : 1
    let outcome = SegmentArrivesTests.outcome(
      Segment(sequence: next, count: 10, acknowledgment: acknowledgment), in: state)
    let isTaken = !SegmentArrivesTests.closedByPeer.contains(state)
    #expect(outcome.arrival.hasText == isTaken)
    #expect(outcome.arrival.text == (isTaken ? 0..<10 : 0..<0))
    #expect(outcome.state == state)
  }

  @Test(
    arguments: [
      (.established, .closeWait, nil), (.finWait1, .closing, nil), (.finWait2, .timeWait, .timeWait),
    ] as [(ConnectionState, ConnectionState, Ending?)])
  func `Eighth, the peer's FIN moves on`(state: ConnectionState, after: ConnectionState, ending: Ending?) {
    let acknowledgment = state == .finWait2 ? 2 : 1
    let outcome = SegmentArrivesTests.outcome(Segment(.fin, count: 10, acknowledgment: acknowledgment), in: state)
    #expect(outcome.state == after)
    #expect(outcome.arrival.isPeerFinished)
    #expect(outcome.arrival.text == 0..<10)
    #expect(outcome.arrival.ending == ending)
    #expect(outcome.isAnswered)
  }

  @Test(arguments: [.closing, .closeWait, .lastAck] as [ConnectionState])
  func `Eighth, the peer's FIN that comes again is acknowledged and nothing more`(state: ConnectionState) {
    let outcome = SegmentArrivesTests.outcome(Segment(.fin), in: state)
    #expect(outcome.arrival == Arrival())
    #expect(outcome.state == state)
    #expect(outcome.isAnswered)
  }

  @Test func `The peer's FIN may bring the acknowledgment of ours`() {
    let outcome = SegmentArrivesTests.outcome(Segment(.fin, acknowledgment: 2), in: .finWait1)
    #expect(outcome.state == .timeWait)
    #expect(outcome.arrival.ending == .timeWait)
    #expect(outcome.arrival.isPeerFinished)
    #expect(outcome.isAnswered)
  }

  @Test(arguments: states)
  func `A connection that has ended takes nothing more`(state: ConnectionState) {
    var connection = SegmentArrivesTests.connection(in: state)
    let reset = connection.abort()
    #expect(reset.control == .rst)
    #expect(connection.nextDeadline == .never)
    #expect(connection.fire(at: .never) == nil)
    #expect(connection.segments().isEmpty)
    let isAppended = connection.append(TextRun(source: TextSource(0), offset: 0, stride: 10, length: 1))
    #expect(!isAppended)
  }
}
