import Stack
import TCP
import TestKit
import Testing
import Time
import Wire

/// What a host does with its connections beside the protocol: deadlines, endings, removal, fairness.
struct HostConnectionTests {
  @Test func `The application is woken when it asked for it, once`() throws {
    let bench = HostBench()
    try bench.open()
    bench.host.setDeadline(bench.now + .milliseconds(75), on: try bench.id())
    try bench.transmit()
    try bench.advance(to: bench.now + .milliseconds(74))
    #expect(try bench.flow(Station.peerPort).events.map(\.event) == [.opened])
    try bench.advance(to: bench.now + .seconds(10))
    #expect(try bench.flow(Station.peerPort).events.map(\.event) == [.opened, .deadline])
    try bench.close()
  }

  @Test func `A deadline can be moved either way and taken back`() throws {
    let bench = HostBench()
    try bench.open()
    let id = try bench.id()
    bench.host.setDeadline(bench.now + .seconds(5), on: id)
    bench.host.setDeadline(bench.now + .seconds(1), on: id)
    try bench.transmit()
    try bench.advance(to: bench.now + .milliseconds(1_001))
    #expect(try bench.flow(Station.peerPort).events.map(\.event) == [.opened, .deadline])
    bench.host.setDeadline(bench.now + .seconds(1), on: id)
    bench.host.setDeadline(bench.now + .seconds(3), on: id)
    try bench.advance(to: bench.now + .seconds(2))
    #expect(try bench.flow(Station.peerPort).events.count == 2)
    bench.host.setDeadline(.never, on: id)
    try bench.advance(to: bench.now + .seconds(20))
    #expect(try bench.flow(Station.peerPort).events.count == 2)
    try bench.close()
  }

  @Test func `A deadline that gets earlier while others send is kept`() throws {
    let bench = HostBench()
    try bench.open(1)
    try bench.open(2)
    try bench.write(5_000, to: 1)
    try bench.write(5_000, to: 2)
    _ = bench.host.nextFrame(at: bench.now)
    bench.host.setDeadline(bench.now + .milliseconds(10), on: try bench.id(1))
    try bench.transmit()
    try bench.advance(to: bench.now + .milliseconds(11))
    #expect(try bench.flow(1).events.map(\.event) == [.opened, .deadline])
    try bench.close()
  }

  @Test func `Connections take turns, a frame each`() throws {
    let bench = HostBench()
    for port in 1...3 as ClosedRange<UInt16> { try bench.open(port) }
    try bench.transmit()
    bench.output.removeAll()
    for port in 1...3 as ClosedRange<UInt16> { try bench.write(2_920, to: port) }
    try bench.transmit()
    #expect(bench.output.map(\.port) == [1, 2, 3, 1, 2, 3])
    try bench.close()
  }

  @Test func `A frame that the device did not take is offered again`() throws {
    let bench = HostBench()
    try bench.open()
    try bench.write(100)
    let frame = bench.host.nextFrame(at: bench.now)
    let plan = try #require(frame)
    let header = (0..<plan.headerCount).map { HostConnectionTests.byte(of: bench.host, at: $0) }
    let again = (0..<plan.headerCount).map { HostConnectionTests.byte(of: bench.host, at: $0) }
    #expect(header == again)
    #expect(plan.textCount == 100 && plan.pieceCount == 1)
    try bench.close()
  }

  static func byte(of host: borrowing Host, at offset: Int) -> UInt8 {
    host.headerBytes.byte(at: offset)
  }

  @Test(arguments: [false, true])
  func `An ended connection rests until it is removed`(isTimeWait: Bool) throws {
    let bench = HostBench()
    try bench.open()
    let id = try bench.id()
    try bench.write(10)
    bench.host.setDeadline(bench.now + .seconds(1), on: id)
    try bench.finish()
    try bench.transmit()
    let last = try #require(bench.output.last)
    var ending = PeerSegment(sequence: 5_001, flags: isTimeWait ? [.fin, .ack] : .rst)
    ending.acknowledgment = last.end
    let frame = ending.frame()
    let arrival = bench.host.receive(frame.rawSpan, isVouchedFor: false, at: bench.now)
    #expect(arrival?.arrival.ending == (isTimeWait ? .timeWait : .reset))
    // The last acknowledgment leaves; nothing else happens for as long as the application takes its time.
    while bench.host.nextFrame(at: bench.now) != nil {}
    bench.host.setDeadline(bench.now + .seconds(2), on: id)
    bench.host.abort(id, at: bench.now)
    for seconds in 1...50 as ClosedRange<UInt64> {
      #expect(bench.host.nextExpired(at: bench.now + .seconds(seconds)) == nil)
      #expect(bench.host.nextFrame(at: bench.now + .seconds(seconds)) == nil)
    }
    #expect(bench.host.counters.connectionsEnded == 1)
    #expect(bench.host.counters.resetsOut == 0)
    #expect(bench.host.isValid(id) == true)
    bench.host.abandonText(of: id)
    while bench.host.nextReleasedSource(of: id) != nil {}
    bench.host.remove(id)
    #expect(bench.host.isValid(id) == false)
    #expect(bench.host.connectionCount == 0)
  }

  @Test func `The peer's port may open a new connection before the old one is removed`() throws {
    let bench = HostBench()
    try bench.open()
    let old = try bench.id()
    let reset = PeerSegment(sequence: 5_001, flags: .rst).frame()
    _ = bench.host.receive(reset.rawSpan, isVouchedFor: false, at: bench.now)
    try bench.open(sequence: 90_000)
    let new = try bench.id()
    #expect(new != old)
    bench.host.remove(old)
    #expect(bench.host.isValid(new) == true)
    try bench.write(10)
    try bench.transmit()
    #expect(bench.output.last?.text.count == 10)
    try bench.close()
  }

  @Test func `Text that nobody keeps is lost when there is no buffer, and counted`() throws {
    var configuration = BenchConfiguration()
    configuration.mostReceiveBuffers = 1
    let bench = HostBench(configuration)
    try bench.open(1)
    try bench.open(2)
    for port in 1...2 as ClosedRange<UInt16> {
      let id = try bench.id(port)
      var segment = PeerSegment(sequence: 5_001, flags: [.ack, .psh])
      segment.sourcePort = port
      segment.acknowledgment = bench.host.connection(id).snd.nxt.value
      segment.text = PatternText.bytes(at: 0, count: 10)
      let frame = segment.frame()
      _ = bench.host.receive(frame.rawSpan, isVouchedFor: false, at: bench.now)
      #expect(bench.host.keep(frame.rawSpan.extracting(last: 10), of: id) == (port == 1))
      #expect(bench.host.hasBufferedText(id) == (port == 1))
    }
    #expect(bench.host.counters.textDropped == 1)
    try bench.close()
  }

  @Test func `Every counter counts`() throws {
    let bench = HostBench()
    try bench.open()
    try bench.write(100)
    try bench.transmit()
    try bench.advance(to: bench.now + .milliseconds(250))
    try bench.acknowledgeAll()
    try bench.finish()
    try bench.transmit()
    try bench.acknowledgeAll(.fin)
    let counters = bench.host.counters
    #expect(counters.segmentsIn == 4)
    // SYN-ACK, text twice, FIN, the last acknowledgment.
    #expect(counters.segmentsOut == 5)
    #expect(counters.retransmissions == 1)
    #expect(counters.connectionsOpened == 1)
    #expect(counters.connectionsEnded == 1)
    #expect(counters.resetsOut == 0)
    #expect(counters.drops.total == 0)
    try bench.close()
  }
}
