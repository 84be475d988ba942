import Stack
import TCP
import TestKit
import Testing
import Time
import Wire

/// What routers say of packets that did not arrive (RFC 1191, RFC 5927), and what silence says (RFC 4821).
struct HostPathTests {
  /// A bench with two segments of 1,460 bytes in flight, the first of which has this number.
  static func inFlight() throws -> (bench: HostBench, number: UInt32) {
    let bench = HostBench()
    try bench.open()
    bench.output = []
    try bench.write(2_920)
    try bench.transmit()
    let number = try #require(bench.output.first).sequence
    #expect(bench.output.map(\.text.count) == [1_460, 1_460])
    bench.output = []
    return (bench, number)
  }

  @Test(arguments: [(1_000, 960), (1_499, 1_459), (600, 560), (576, 536), (100, 536), (68, 536), (0, 730)])
  func `Segments become as small as a router asks for, but no smaller than every host takes`(
    mtu: UInt16, size: Int
  ) throws {
    let (bench, number) = try HostPathTests.inFlight()
    try bench.deliver(RouterMessage.unreachable(mtu: mtu, sequence: number))
    try bench.transmit()
    #expect(bench.output.first?.sequence == number)
    #expect(bench.output.first?.text.count == size)
    #expect(bench.output.map(\.text.count).reduce(0, +) == 2_920)
    #expect(try bench.connection().congestion.window >= 14_600)
    #expect(bench.host.counters.pathsNarrowed == 1)
    try bench.close()
  }

  @Test(arguments: [1_500, 1_501, 9_000, 65_535] as [UInt16])
  func `A router cannot ask for larger ones`(mtu: UInt16) throws {
    let (bench, number) = try HostPathTests.inFlight()
    try bench.deliver(RouterMessage.unreachable(mtu: mtu, sequence: number))
    try bench.transmit()
    #expect(bench.output.isEmpty)
    #expect(bench.host.counters.pathsNarrowed == 0)
    try bench.close()
  }

  @Test(arguments: [-1, 2_920, 100_000])
  func `Whoever knows no number in flight is not believed`(offset: Int) throws {
    let (bench, number) = try HostPathTests.inFlight()
    let guess = number &+ UInt32(truncatingIfNeeded: offset)
    try bench.deliver(RouterMessage.unreachable(mtu: 600, sequence: guess))
    try bench.transmit()
    #expect(bench.output.isEmpty)
    #expect(bench.host.counters.messagesIgnored == 1)
    try bench.close()
  }

  @Test func `A message about another flow, or no segment, changes nothing`() throws {
    let (bench, number) = try HostPathTests.inFlight()
    try bench.deliver(RouterMessage.unreachable(mtu: 600, sequence: number, port: 40_001))
    try bench.deliver(RouterMessage.unreachable(mtu: 600, sequence: number, protocol: 17))
    try bench.transmit()
    #expect(bench.output.isEmpty)
    #expect(bench.host.counters.drops.badLength == 1)
    try bench.close()
  }

  @Test(arguments: [0, 1, 2, 3, 5, 13] as [UInt8])
  func `A connection outlives the news that its peer cannot be reached`(code: UInt8) throws {
    let (bench, number) = try HostPathTests.inFlight()
    try bench.deliver(RouterMessage.unreachable(code: code, sequence: number))
    try bench.transmit()
    #expect(try bench.connection().state == .established)
    #expect(bench.host.counters.messagesIgnored == 1)
    try bench.close()
  }

  @Test(arguments: [(1, true), (2, false), (3, false)] as [(UInt8, Bool)])
  func `One that is being opened ends where nobody speaks TCP or has the port`(code: UInt8, goesOn: Bool) throws {
    let bench = HostBench()
    try bench.connect()
    try bench.transmit()
    let number = try #require(bench.output.first).sequence
    try bench.deliver(RouterMessage.unreachable(code: code, sequence: number &+ 1))
    #expect(bench.host.openingCount == 1)
    try bench.deliver(RouterMessage.unreachable(code: code, sequence: number))
    #expect(bench.host.openingCount == (goesOn ? 1 : 0))
    let events = try bench.flow(Station.peerPort).events.map(\.event)
    #expect(events == (goesOn ? [] : [.ended(.unreachable)]))
    try bench.close()
  }

  @Test func `After ten minutes the size that was agreed on is tried again`() throws {
    let (bench, number) = try HostPathTests.inFlight()
    try bench.deliver(RouterMessage.unreachable(mtu: 1_000, sequence: number))
    try bench.transmit()
    try bench.acknowledgeAll()
    bench.output = []
    try bench.advance(to: bench.now + .seconds(590))
    try bench.write(1_460)
    try bench.transmit()
    #expect(bench.output.map(\.text.count) == [960, 500])
    try bench.acknowledgeAll()
    bench.output = []
    try bench.advance(to: bench.now + .seconds(11))
    try bench.write(1_460)
    try bench.transmit()
    #expect(bench.output.map(\.text.count) == [1_460])
    try bench.close()
  }

  @Test func `Segments that arrive nowhere become smaller, and smaller again`() throws {
    let (bench, number) = try HostPathTests.inFlight()
    var sizes: [Int] = []
    while sizes.count < 6 {
      try bench.advanceToDeadline()
      sizes += bench.output.filter { $0.sequence == number }.map(\.text.count)
      bench.output = []
    }
    #expect(sizes == [1_460, 1_460, 1_024, 1_024, 512, 512])
    try bench.close()
  }

  @Test func `Answers that acknowledge nothing are no sign that segments arrive`() throws {
    let (bench, number) = try HostPathTests.inFlight()
    var sizes: [Int] = []
    while sizes.count < 6 {
      try bench.advanceToDeadline()
      sizes += bench.output.filter { $0.sequence == number }.map(\.text.count)
      bench.output = []
      // A peer that sends its request again, since the answer does not come.
      var question = PeerSegment(sequence: 5_001, flags: .ack)
      (question.acknowledgment, question.window) = (number, 65_535)
      try bench.deliver(question)
    }
    #expect(sizes == [1_460, 1_460, 1_024, 1_024, 512, 512])
    try bench.close()
  }

  @Test func `A path that is still narrow when the agreed size is tried again becomes narrow again`() throws {
    let (bench, number) = try HostPathTests.inFlight()
    for _ in 0..<5 { try bench.advanceToDeadline() }
    var answer = PeerSegment(sequence: 5_001, flags: .ack)
    (answer.acknowledgment, answer.window) = (number &+ 2_920, 65_535)
    try bench.deliver(answer)
    try bench.advance(to: bench.now + .seconds(601))
    bench.output = []
    try bench.write(1_460)
    try bench.transmit()
    var sizes = bench.output.map(\.text.count)
    while sizes.count < 6 {
      bench.output = []
      try bench.advanceToDeadline()
      sizes += bench.output.map(\.text.count)
    }
    #expect(sizes == [1_460, 1_460, 1_460, 1_024, 1_024, 512])
    try bench.close()
  }
}
