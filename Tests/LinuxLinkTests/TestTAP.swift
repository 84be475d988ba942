import Foundation
import Link
import LinuxLink
import Synchronization
import TestKit
import Testing
import Time
import Wire

/// A TAP of a test's own, with a name and a network that no other test or process uses. It goes with the value.
struct TestTAP: ~Copyable {
  /// The device.
  var device: TAPDevice
  /// The kernel's address on it.
  let kernel: InterfaceAddress
  /// The same without its network.
  let kernelAddress: IPv4Address
  /// The address that is ours to use.
  let own: IPv4Address

  private static let count = Atomic<Int>(0)

  /// Whether this process can make TAPs, found by trying.
  static let isPossible = (try? Probes.tapCreation()) != nil
  /// What it takes.
  static let requirement: Comment = "making a TAP needs /dev/net/tun and CAP_NET_ADMIN"

  private static let process = UInt32(truncatingIfNeeded: ProcessInfo.processInfo.processIdentifier)

  /// A name that is free.
  static func freshName() -> String {
    "ct\(process)x\(count.add(1, ordering: .relaxed).newValue)"
  }

  /// Makes a TAP; the kernel's end is switched on and has the first address of a network for benchmarks (RFC 2544).
  init(offload: Bool = true, isUp: Bool = true, virtioByteCount: Int = 10) throws {
    let name = TestTAP.freshName()
    let number = UInt32(TestTAP.count.add(1, ordering: .relaxed).newValue)
    let network = 198 << 24 | 18 << 16 | (TestTAP.process & 0x1FFF) << 4 | (number & 3) << 2
    let address = try #require(InterfaceAddress(IPAddress(IPv4Address(network | 1)), prefixLength: 30))
    let made = try TAPDevice(name: name, offload: offload, virtioByteCount: virtioByteCount)
    if isUp {
      try NetworkInterface.bringUp(name)
      try NetworkInterface.assign(address, to: name)
    }
    device = made
    kernel = address
    kernelAddress = IPv4Address(network | 1)
    own = IPv4Address(network | 2)
  }

  /// The next frame; nil when none comes for ten seconds.
  mutating func nextFrame() -> (bytes: [UInt8], checksum: ReceivedChecksum)? {
    var poller = Poller()
    _ = poller.watch(device.descriptorNumber)
    let deadline = MonotonicClock().now + .seconds(10)
    while true {
      if let frame = device.receive() { return ([UInt8](copying: frame.bytes), frame.checksum) }
      guard !poller.wait(until: deadline).isEmpty else { return nil }
    }
  }

  /// Sends a frame that is complete as it stands.
  /// - Returns: whether the device took it.
  mutating func send(_ bytes: [UInt8]) -> Bool {
    device.transmit(OutgoingFrame(header: bytes.rawSpan))
  }

  /// A number that the kernel counts for the interface, such as `rx_packets`: what came out of our end of the cable.
  func statistic(_ name: String) throws -> Int {
    let text = try String(contentsOfFile: "/sys/class/net/\(device.name)/statistics/\(name)", encoding: .utf8)
    return try #require(Int(text.filter(\.isNumber)))
  }
}
