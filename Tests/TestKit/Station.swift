package import Wire

/// Who takes part in a test: a hardware address and an Internet address.
package struct Station: Sendable {
  /// The hardware address.
  package let hardware: MACAddress
  /// The Internet address.
  package let address: IPAddress

  /// The host under test.
  package static let host = Station(hardware: MACAddress(0x0200_0000_0001), address: IPv4Address(0x0A09_0001))
  /// The peer that most tests play.
  package static let peer = Station(hardware: MACAddress(0x0200_0000_0002), address: IPv4Address(0x0A09_0002))
  /// The host under test, as those of version 6 see it.
  package static let host6 = Station(
    hardware: host.hardware, address: IPv6Address(high: 0xFD09_0000_0000_0000, low: 0x1_0001))
  /// The same peer in version 6.
  package static let peer6 = Station(
    hardware: peer.hardware, address: IPv6Address(high: 0xFD09_0000_0000_0000, low: 0x2_0002))

  /// The host as this peer sees it.
  package var counterpart: Station { address.family == .ipv4 ? .host : .host6 }

  /// The port the host listens on.
  package static let port: UInt16 = 80
  /// The port the peer speaks from where nothing else is said.
  package static let peerPort: UInt16 = 40_000

  /// A station with these addresses.
  package init(hardware: MACAddress, address: IPAddress) {
    self.hardware = hardware
    self.address = address
  }

  /// A station of version 4.
  package init(hardware: MACAddress, address: IPv4Address) {
    self.init(hardware: hardware, address: IPAddress(address))
  }

  /// A station of version 6.
  package init(hardware: MACAddress, address: IPv6Address) {
    self.init(hardware: hardware, address: IPAddress(address))
  }

  /// Bytes of Ethernet and Internet headers between this station and another.
  package var headerCount: Int { address.family == .ipv4 ? 34 : 54 }
}
