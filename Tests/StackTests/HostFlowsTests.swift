import TestKit
import Testing
import Wire

@testable import Stack

/// Flows of the same hash, as another flow's entry in the table stands for.
struct HostFlowsTests {
  @Test func `A flow is not taken for another of the same hash`() throws {
    let bench = HostBench()
    try bench.open()
    let index = try bench.id().index
    let own = bench.host.connections.keys[index]
    let other = FlowKey(peer: own.peer, peerPort: own.peerPort ^ 1, localPort: own.localPort, local: own.local)
    // A connection of another flow, and places where nothing stands.
    let wrong: [FlowReference] = [.connection(index), .halfOpen(0), .opening(0)]
    for reference in wrong {
      bench.host.flows.insert(other, at: reference)
      let unknown = bench.host.reference(of: other)
      #expect(unknown == nil, "\(reference)")
      let known = bench.host.reference(of: own)
      #expect(known == .connection(index), "\(reference)")
    }
    // What is right is found behind what is not.
    let place = bench.host.connections.reserve(key: other)
    let right = FlowReference.connection(try #require(place))
    bench.host.flows.insert(other, at: right)
    let found = bench.host.reference(of: other)
    #expect(found == right)
  }

  @Test func `Answers go to the router that brings news of a connection`() throws {
    let bench = HostBench()
    try bench.open()
    let index = try bench.id().index
    var segment = PeerSegment(sequence: 5_001, flags: [.psh, .ack])
    segment.acknowledgment = try #require(bench.output.last).end
    segment.text = [1]
    var others: [Station] = []
    for number in 7...9 as ClosedRange<UInt64> {
      others.append(Station(hardware: MACAddress(0x0200_0000_0000 + number), address: Station.peer.address))
    }
    func receive(_ segment: PeerSegment, from station: Station) {
      let frame = segment.frame(from: station)
      _ = bench.host.receive(frame.rawSpan, isVouchedFor: false, at: bench.now)
    }
    // What anybody may have made up, or sent once more, moves nothing.
    var stray = segment
    stray.sequence &+= 100_000
    receive(stray, from: others[0])
    #expect(bench.host.connections.hardware[index] == Station.peer.hardware)
    receive(segment, from: others[1])
    #expect(bench.host.connections.hardware[index] == others[1].hardware)
    receive(segment, from: others[2])
    #expect(bench.host.connections.hardware[index] == others[1].hardware)
  }
}
