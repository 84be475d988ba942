import Stack
import TCP
import TestKit
import Testing
import Time
import Wire

/// Frames with segments: damaged, cut short, padded, with options, vouched for, and from the middle of nowhere.
struct HostSegmentFramesTests {
  static var syn: [UInt8] { HostFramesTests.syn }

  @Test func `A damaged segment is dropped wherever the damage is`() throws {
    let bench = HostBench()
    var segment = PeerSegment(sequence: 1, flags: .syn)
    segment.options = [2, 4, 5, 0xB4]
    let frame = segment.frame()
    for offset in 14..<frame.count {
      for bit in 0..<8 as Range<UInt8> {
        var damaged = frame
        damaged[offset] ^= 1 << bit
        try bench.deliver(damaged)
      }
    }
    try bench.transmit()
    #expect(bench.output.isEmpty)
    #expect(bench.host.halfOpenCount == 0)
    #expect(bench.host.counters.drops.total == UInt64(8 * (frame.count - 14)))
  }

  @Test func `A frame that is cut short is dropped wherever it is cut`() throws {
    for count in 0..<HostSegmentFramesTests.syn.count {
      let drops = try HostFramesTests.drops([UInt8](HostSegmentFramesTests.syn.prefix(count)))
      #expect(drops.truncated == 1, "cut at \(count)")
    }
  }

  @Test func `What pads a short frame is no text`() throws {
    let bench = HostBench()
    try bench.open()
    var segment = PeerSegment(sequence: 5_001, flags: [.ack, .psh])
    segment.acknowledgment = try bench.connection().snd.nxt.value
    segment.text = PatternText.bytes(at: 0, count: 2)
    try bench.deliver(segment.frame() + [0xAA, 0xAA, 0xAA, 0xAA])
    #expect(try bench.flow(Station.peerPort).readCount == 2)
    try bench.close()
  }

  @Test func `A packet with options is read`() throws {
    var frame = HostSegmentFramesTests.syn
    frame.insert(contentsOf: [1, 1, 1, 0], at: 34)
    frame[14] = 0x46
    frame[17] += 4
    HostFramesTests.repairPacketHeader(&frame, count: 24)
    let bench = HostBench()
    bench.expectFlow()
    try bench.deliver(frame)
    try bench.transmit()
    #expect(bench.host.halfOpenCount == 1)
  }

  @Test func `A segment that is vouched for needs no checksum`() throws {
    var frame = HostSegmentFramesTests.syn
    (frame[50], frame[51]) = (0x12, 0x34)
    let bench = HostBench()
    bench.expectFlow()
    try bench.deliver(frame)
    #expect(bench.host.halfOpenCount == 0)
    try bench.deliver(frame, isVouchedFor: true)
    #expect(bench.host.halfOpenCount == 1)
    #expect(bench.host.counters.drops.badChecksum == 1)
  }

  @Test(arguments: [0x00, 0x10, 0x40] as [UInt8])
  func `A data offset below the header is dropped`(offset: UInt8) throws {
    var frame = HostSegmentFramesTests.syn
    frame[46] = offset
    let bench = HostBench()
    try bench.deliver(frame, isVouchedFor: true)
    #expect(bench.host.counters.drops.badLength == 1)
  }

  @Test(arguments: [[2, 0, 0, 0], [2, 1, 0, 0], [2, 5, 0, 0], [3, 255, 0, 0], [1, 1, 1, 2]] as [[UInt8]])
  func `An option of an impossible length is dropped`(options: [UInt8]) throws {
    var segment = PeerSegment(sequence: 1, flags: .syn)
    segment.options = options
    #expect(try HostFramesTests.drops(segment.frame()).badOption == 1)
  }

  @Test func `An answer goes to the station that asked`() throws {
    let router = Station(hardware: MACAddress(0x0200_0000_00FE), address: IPv4Address(0xC0A8_0105))
    let bench = HostBench(peer: router)
    try bench.open()
    try bench.write(100)
    try bench.transmit()
    #expect(bench.output.last?.text.count == 100)
    try bench.close()
  }

  @Test func `A SYN to another port is reset`() throws {
    let bench = HostBench()
    var segment = PeerSegment(sequence: 1_000, flags: .syn)
    segment.destinationPort = 81
    try bench.deliver(segment.frame())
    let plan = bench.host.nextFrame(at: bench.now)
    #expect(plan?.kind == .control)
    #expect(bench.host.counters.resetsOut == 1)
    #expect(bench.host.halfOpenCount == 0)
  }

  @Test func `A SYN from port 0 opens nothing`() throws {
    let bench = HostBench()
    var segment = PeerSegment(sequence: 1_000, flags: .syn)
    segment.sourcePort = 0
    try bench.deliver(segment.frame())
    #expect(bench.host.halfOpenCount == 0)
  }

  @Test func `More frames of its own than there is room for are dropped and counted`() throws {
    let bench = HostBench()
    for number in 0..<600 as Range<UInt32> {
      var segment = PeerSegment(sequence: number, flags: .ack)
      segment.acknowledgment = number
      try bench.deliver(segment)
    }
    #expect(bench.host.counters.controlFramesDropped == 88)
    try bench.transmit()
    #expect(bench.output.map(\.sequence) == [UInt32](0..<512))
  }

  @Test func `A flood of SYNs costs no more than its backlog, and each is answered`() throws {
    let bench = HostBench()
    for port in 1...500 as ClosedRange<UInt16> {
      var segment = PeerSegment(sequence: 9, flags: .syn)
      segment.sourcePort = port
      try bench.deliver(segment)
    }
    try bench.transmit()
    #expect(bench.output.count == 500)
    #expect(bench.host.halfOpenCount == 4)
    #expect(bench.host.counters.cookiesSent == 496)
    try bench.close()
  }

  @Test(arguments: 1...10)
  func `No frame whatever makes the host stumble`(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let bench = HostBench()
    try bench.open()
    try bench.write(5_000)
    try bench.transmit()
    let snd = try bench.connection().snd
    for _ in 0..<2_000 {
      var segment = PeerSegment(
        sequence: 5_001 &+ UInt32(truncatingIfNeeded: Int.random(in: -3...20_000, using: &random)),
        flags: PeerSegment.Flags(rawValue: .random(in: 0...31, using: &random)))
      // A reset at the exact number would end the test.
      segment.flags.remove(.rst)
      segment.acknowledgment = snd.una.value &+ UInt32.random(in: 0...1, using: &random)
      segment.options = Bool.random(using: &random) ? random.bytes(count: 4 * .random(in: 0...10, using: &random)) : []
      segment.text = PatternText.bytes(at: 0, count: .random(in: 0...30, using: &random))
      var frame = segment.frame()
      if Bool.random(using: &random) {
        frame[.random(in: 14..<frame.count, using: &random)] = .random(in: 0...255, using: &random)
      }
      _ = bench.host.receive(frame.rawSpan, isVouchedFor: Bool.random(using: &random), at: bench.now)
      while bench.host.nextFrame(at: bench.now) != nil {}
    }
    #expect(bench.host.connectionCount <= 1, "\(random)")
  }
}
