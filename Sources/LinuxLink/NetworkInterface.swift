import Glibc
import SystemPackage
package import Wire

/// A network interface of the kernel's as it was when it was looked at.
package struct NetworkInterface: Equatable, Sendable {
  /// The name, at most 15 bytes.
  package let name: String
  /// Whether it is switched on (`IFF_UP`).
  package let isUp: Bool
  /// Whether it is the loopback, all of whose network the kernel answers for.
  package let isLoopback: Bool
  /// The most bytes of IP header and payload in one frame.
  package let mtu: Int
  /// The kernel's own hardware address on this link; zero where the link has none.
  package let hardwareAddress: MACAddress
  /// The kernel's addresses on it.
  package let addresses: [InterfaceAddress]

  /// Looks at the interface of this name.
  package init(named name: String) throws(SystemError) {
    try self.init(named: name, addresses: InterfaceAddress.all().filter { $0.interface == name }.map(\.address))
  }

  private init(named name: String, addresses: [InterfaceAddress]) throws(SystemError) {
    let control = try InterfaceControl(name)
    let flags = try control.flags()
    self.name = name
    self.isUp = flags & Int32(IFF_UP) != 0
    self.isLoopback = flags & Int32(IFF_LOOPBACK) != 0
    self.mtu = try control.mtu()
    self.hardwareAddress = try control.hardwareAddress()
    self.addresses = addresses
  }

  /// All interfaces that have an address. One that is taken away while they are looked at is left out.
  package static func withAddresses() throws(SystemError) -> [NetworkInterface] {
    let all = try InterfaceAddress.all()
    var interfaces: [NetworkInterface] = []
    for (name, _) in all where !interfaces.contains(where: { $0.name == name }) {
      let addresses = all.filter { $0.interface == name }.map(\.address)
      do throws(SystemError) {
        interfaces.append(try NetworkInterface(named: name, addresses: addresses))
      } catch  where error.code.rawValue == ENODEV {
        continue
      }
    }
    return interfaces
  }

  /// The name of the interface through which the kernel owns `address`, or nil.
  ///
  /// A server of ours must not use such an address: the kernel knows nothing of our connections and resets them all.
  package static func owner(of address: IPAddress) throws(SystemError) -> String? {
    try withAddresses().first { interface in
      interface.addresses.contains { own in
        own.address == address || interface.isLoopback && own.networkContains(address)
      }
    }?.name
  }
}
