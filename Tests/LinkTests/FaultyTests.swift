import Link
import TestKit
import Testing
import Time
import Wire

/// What a faulty link does to the frames that pass it, and what it leaves alone.
struct FaultyTests {
  /// An IPv4 frame of 64 bytes that carries its number.
  static func frame(_ number: Int, type: EtherType = .ipv4) -> [UInt8] {
    [UInt8](count: 64) { bytes in
      bytes.store(type.value, at: 12)
      bytes.store(UInt32(number), at: 34)
    }
  }

  static func faults(_ set: (inout Faults) -> Void) -> Faults {
    var faults = Faults()
    set(&faults)
    return faults
  }

  /// A link on which so many numbered frames wait to be received.
  static func link(
    incoming: Faults = .none, outgoing: Faults = .none, seed: UInt64 = 1, capacity: Int = 256, arrivals: Int = 0
  ) -> Faulty<ScriptedDevice> {
    var device = ScriptedDevice()
    device.arrivals = (0..<arrivals).map { ScriptedDevice.Arrival(frame($0)) }
    return Faulty(device, incoming: incoming, outgoing: outgoing, seed: seed, capacity: capacity)
  }

  static func receiveAll(_ link: inout Faulty<ScriptedDevice>) -> [[UInt8]] {
    var received: [[UInt8]] = []
    while let frame = link.receive() { received.append([UInt8](copying: frame.bytes)) }
    return received
  }

  static func send(_ bytes: [UInt8], through link: inout Faulty<ScriptedDevice>) -> Bool {
    link.transmit(OutgoingFrame(header: bytes.rawSpan))
  }

  @Test func `Without faults every frame passes and the device keeps its offloads`() {
    var link = FaultyTests.link(arrivals: 50)
    #expect(FaultyTests.receiveAll(&link) == (0..<50).map { FaultyTests.frame($0) })
    #expect(link.properties.finishesChecksums)
    #expect(link.properties.largestSuperSegment == 65_455)
    #expect(link.nextDeadline == .never)
    #expect(link.incomingFaults == FaultCounters())
  }

  @Test func `With faults in one direction no offload is announced`() {
    let link = FaultyTests.link(outgoing: FaultyTests.faults { $0.dropped = 1 })
    #expect(!link.properties.finishesChecksums)
    #expect(link.properties.largestSuperSegment == 0)
    #expect(link.properties.mtu == 1_500)
  }

  @Test func `A dropped frame is gone and counts as sent`() {
    var link = FaultyTests.link(outgoing: FaultyTests.faults { $0.dropped = 1_000_000 })
    #expect(FaultyTests.send(FaultyTests.frame(0), through: &link))
    #expect(link.device.sent.isEmpty)
    #expect(link.outgoingFaults.dropped == 1)
  }

  @Test func `A doubled frame comes twice, one right after the other, in both directions`() {
    let doubling = FaultyTests.faults { $0.duplicated = 1_000_000 }
    var link = FaultyTests.link(incoming: doubling, outgoing: doubling, arrivals: 2)
    #expect(FaultyTests.receiveAll(&link) == [0, 0, 1, 1].map { FaultyTests.frame($0) })
    _ = FaultyTests.send(FaultyTests.frame(7), through: &link)
    #expect(link.device.sent == [7, 7].map { FaultyTests.frame($0) })
  }

  @Test func `Corruption turns over one bit of an IP packet and nobody vouches for it any more`() throws {
    var device = ScriptedDevice()
    device.arrivals = [ScriptedDevice.Arrival(FaultyTests.frame(3), checksum: .vouchedFor)]
    let corruption = FaultyTests.faults { $0.corrupted = 1_000_000 }
    var link = Faulty(device, incoming: corruption, outgoing: .none, seed: 5)
    let received = link.receive()
    guard let received else {
      Issue.record("the frame was swallowed")
      return
    }
    let differing = zip([UInt8](copying: received.bytes), FaultyTests.frame(3)).map { ($0 ^ $1).nonzeroBitCount }
    #expect(differing.reduce(0, +) == 1)
    #expect(differing.prefix(14).allSatisfy { $0 == 0 })
    #expect(received.checksum == .unverified)
  }

  @Test func `A frame that no checksum guards is not corrupted`() {
    var link = FaultyTests.link(outgoing: FaultyTests.faults { $0.corrupted = 1_000_000 })
    _ = FaultyTests.send(FaultyTests.frame(1, type: .arp), through: &link)
    link.advance(to: Instant(nanoseconds: 1))
    #expect(link.device.sent == [FaultyTests.frame(1, type: .arp)])
    #expect(link.outgoingFaults.corrupted == 0)
  }

  @Test func `A super-frame passes unharmed`() {
    var device = ScriptedDevice()
    let long = [UInt8](repeating: 9, count: 40_000)
    device.arrivals = [ScriptedDevice.Arrival(long, checksum: .vouchedFor)]
    var link = Faulty(device, incoming: FaultyTests.faults { $0.dropped = 1_000_000 }, outgoing: .none, seed: 1)
    #expect(FaultyTests.receiveAll(&link) == [long])
    #expect(link.incomingFaults.spared == 1)
  }

  @Test func `A frame that the device refused meets the same fate when it comes again`() {
    let doubling = FaultyTests.faults { $0.duplicated = 500_000 }
    var patient = FaultyTests.link(outgoing: doubling, seed: 11)
    var impatient = FaultyTests.link(outgoing: doubling, seed: 11)
    for number in 0..<100 {
      impatient.device.room = 0
      #expect(!FaultyTests.send(FaultyTests.frame(number), through: &impatient))
      impatient.device.room = .max
      #expect(FaultyTests.send(FaultyTests.frame(number), through: &impatient))
      #expect(FaultyTests.send(FaultyTests.frame(number), through: &patient))
    }
    #expect(impatient.device.sent == patient.device.sent)
    #expect(impatient.outgoingFaults == patient.outgoingFaults)
  }
}
