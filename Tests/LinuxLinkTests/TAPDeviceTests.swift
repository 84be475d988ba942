import Link
import LinuxLink
import TestKit
import Testing
import Time
import Wire

/// Frames between this process and the kernel.
@Suite(.serialized, .enabled(if: TestTAP.isPossible, TestTAP.requirement))
struct TAPDeviceTests {
  /// A frame to everybody of a type that nobody listens for.
  private static func broadcast(from source: MACAddress, count: Int = 60) -> [UInt8] {
    [UInt8](count: count) { bytes in
      EthernetHeader(destination: .broadcast, source: source, type: EtherType(0x88B5)).write(to: &bytes, at: 0)
    }
  }

  @Test func `The kernel asks for our hardware address when it has something for us`() throws {
    var tap = try TestTAP()
    let child = try ChildProcess(["bash", "-c", "echo hello > /dev/udp/\(tap.own)/9"])
    defer { _ = child.wait() }
    while let (bytes, _) = tap.nextFrame() {
      var rest = bytes.rawSpan
      guard try EthernetHeader(parsing: &rest).type == .arp else { continue }
      let request = try ARPPacket(parsing: &rest)
      #expect(request.operation == .request)
      #expect(request.sender == tap.kernelAddress)
      #expect(request.target == tap.own)
      #expect(tap.device.counters.framesIn > 0)
      return
    }
    Issue.record("no ARP request came")
  }

  @Test(arguments: [10, 12]) func `A frame we send arrives in the kernel`(virtioByteCount: Int) throws {
    var tap = try TestTAP(virtioByteCount: virtioByteCount)
    let frame = TAPDeviceTests.broadcast(from: tap.device.properties.address)
    let isTaken = tap.send(frame)
    #expect(isTaken)
    #expect(try tap.statistic("rx_packets") == 1)
    #expect(try tap.statistic("rx_bytes") == frame.count)
    #expect(tap.device.counters.framesOut == 1)
    #expect(tap.device.counters.bytesOut == UInt64(frame.count))
  }

  @Test func `Super-frames and unfinished checksums pass in both directions`() throws {
    var peer = HandPeer(try TestTAP())
    let script = "head -c 30000 /dev/zero >&3 && test $(head -c 20000 <&3 | wc -c) = 20000"
    let child = try ChildProcess(["bash", "-c", "exec 3<>/dev/tcp/\(peer.tap.own)/80 && \(script)"])
    let hasReceived = peer.run(untilText: 30_000)
    #expect(hasReceived)
    #expect(peer.longestFrame > 1_514)
    #expect(peer.unverifiedCount == 0)
    #expect(peer.rightChecksums < peer.segmentCount)
    let isSent = peer.sendSuperFrame(20_000)
    #expect(isSent)
    let isAcknowledged = peer.run(untilText: 0, acknowledged: 20_000)
    #expect(isAcknowledged)
    if !isAcknowledged { child.kill() }
    #expect(child.wait() == 0)
  }

  @Test func `Without offload every frame is a single one with a complete checksum`() throws {
    let tap = try TestTAP(offload: false)
    #expect(!tap.device.properties.finishesChecksums)
    #expect(tap.device.properties.largestSuperSegment == 0)
    var peer = HandPeer(tap)
    let child = try ChildProcess(["bash", "-c", "head -c 30000 /dev/zero > /dev/tcp/\(peer.tap.own)/80"])
    let hasReceived = peer.run(untilText: 30_000)
    #expect(hasReceived)
    #expect(peer.longestFrame == 1_514)
    #expect(peer.rightChecksums == peer.segmentCount)
    child.kill()
    _ = child.wait()
  }

  @Test func `A frame for an interface that is switched off is lost and counted`() throws {
    var tap = try TestTAP(isUp: false)
    let frame = TAPDeviceTests.broadcast(from: tap.device.properties.address)
    let isTaken = tap.send(frame)
    #expect(isTaken)
    #expect(tap.device.counters.errors == 1)
    #expect(tap.device.counters.framesOut == 0)
    #expect(tap.device.isLost == false)
    let isSilent = tap.device.receive() == nil
    #expect(isSilent)
  }

  @Test func `A device whose interface was deleted says so instead of trapping`() throws {
    var tap = try TestTAP()
    var poller = Poller()
    let device = poller.watch(tap.device.descriptorNumber)
    try #require(ChildProcess.succeeds(["ip", "link", "delete", "dev", tap.device.name]))
    let ready = poller.wait(until: MonotonicClock().now + .seconds(10))
    #expect(ready.isSuperset(of: [device, .broken]))
    let frame = TAPDeviceTests.broadcast(from: tap.device.properties.address)
    let isTaken = tap.send(frame)
    #expect(isTaken)
    let isSilent = tap.device.receive() == nil
    #expect(isSilent)
    #expect(tap.device.isLost == true)
  }
}
