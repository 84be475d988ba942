import LinuxLink
import Stack
import Wire

/// The addresses of a server on an interface, which no other server has for as long as this lasts.
struct AddressReservations: ~Copyable {
  private let ipv4: Reservation?
  private let ipv6: Reservation?

  /// Takes the addresses.
  init(_ addresses: ServerAddresses, on interface: String) throws(CommandFailure) {
    let first = try AddressReservations.reserve(addresses.host.first(.ipv4), on: interface)
    let second = try AddressReservations.reserve(addresses.host.first(.ipv6), on: interface)
    ipv4 = first
    ipv6 = second
  }

  private static func reserve(_ address: IPAddress?, on interface: String) throws(CommandFailure) -> Reservation? {
    guard let address else { return nil }
    return try DeviceOpening.reserve(address, on: interface)
  }
}
