package import Wire

/// Who takes part in a test: a hardware address and an Internet address.
package struct Station: Sendable {
  /// The hardware address.
  package let hardware: MACAddress
  /// The Internet address.
  package let address: IPv4Address

  /// The host under test.
  package static let host = Station(hardware: MACAddress(0x0200_0000_0001), address: IPv4Address(0x0A09_0001))
  /// The peer that most tests play.
  package static let peer = Station(hardware: MACAddress(0x0200_0000_0002), address: IPv4Address(0x0A09_0002))

  /// The port the host listens on.
  package static let port: UInt16 = 80
  /// The port the peer speaks from where nothing else is said.
  package static let peerPort: UInt16 = 40_000

  /// A station with these addresses.
  package init(hardware: MACAddress, address: IPv4Address) {
    self.hardware = hardware
    self.address = address
  }
}
