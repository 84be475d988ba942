import Claims
import Link
import LinuxLink
import Stack
import TCP
import Time
import Wire

/// Answers for the addresses that servers share what none of them can answer alone, and once: ARP, ping, and TCP
/// segments to ports that nobody holds.
struct AddressResponder: ~Copyable {
  private var device: PacketDevice
  private let addresses: Set<IPv4Address>
  private var hosts: [Resident]

  /// A host at one of the addresses, which listens on no port.
  private final class Resident {
    var host: Host

    init(_ configuration: HostConfiguration, at now: Instant) {
      host = Host(configuration, at: now)
    }
  }

  /// A responder on an interface.
  init(
    on interface: PacketInterface, hardware: MACAddress, addresses: Set<IPv4Address>, at now: Instant
  ) throws(PacketError) {
    self.addresses = addresses
    let filter = try PacketFilter(expression: UnclaimedFilter(addresses: addresses, claims: nil).expression)
    let socket = try PacketSocket.open(
      on: interface, hardware: hardware, filter: filter, isFinal: false, offload: false, window: 0, sending: .messages)
    do throws(SystemError) {
      device = try PacketDevice(mapping: socket, of: interface, hardware: hardware, offload: false)
    } catch {
      throw .failed(error)
    }
    var random = SystemRandomNumberGenerator()
    let secret = SipHash(key0: random.next(), key1: random.next())
    hosts = addresses.map { address in
      var configuration = HostConfiguration(
        hardware: hardware, addresses: HostAddresses(address), port: 0, mtu: interface.mtu, secret: secret)
      configuration.mostConnections = 1
      configuration.backlog = 1
      configuration.mostTimeWaits = 1
      configuration.mostReceiveBuffers = 1
      configuration.mostSentRanges = 1
      return Resident(configuration, at: now)
    }
  }

  /// Refuses connections from here on, except to what is claimed.
  func answer(exceptFor claims: [Claim]) throws(PacketError) {
    let filter = try PacketFilter(expression: UnclaimedFilter(addresses: addresses, claims: claims).expression)
    do throws(SystemError) {
      try device.replaceFilter(by: filter)
    } catch {
      throw .failed(error)
    }
  }

  /// What to wait for.
  var descriptorNumber: Int32 { device.descriptorNumber }

  /// Tells everybody where the addresses are.
  mutating func announce(at now: Instant) {
    for resident in hosts { resident.host.announce() }
    transmit(at: now)
  }

  /// Answers what has come.
  mutating func respond(at now: Instant) {
    while let frame = device.receive() {
      let isVouchedFor = frame.checksum == .vouchedFor
      for resident in hosts { _ = resident.host.receive(frame.bytes, isVouchedFor: isVouchedFor, at: now) }
    }
    transmit(at: now)
  }

  private mutating func transmit(at now: Instant) {
    for resident in hosts { AddressResponder.transmit(from: &resident.host, by: &device, at: now) }
    device.flush()
  }

  private static func transmit(from host: inout Host, by device: inout PacketDevice, at now: Instant) {
    while host.nextFrame(at: now) != nil {
      _ = device.transmit(OutgoingFrame(header: host.headerBytes))
    }
  }
}
