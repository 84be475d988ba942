import Glibc
package import Wire

/// An IPv4 address and how many of its first bits name the network (CIDR, RFC 4632).
package struct InterfaceAddress: Equatable, Sendable, CustomStringConvertible {
  /// The address of the host.
  package let address: IPv4Address
  /// Bits of the network part, 0 to 32.
  package let prefixLength: Int

  /// An address in a network; nil when the prefix is not 0 to 32 bits long.
  package init?(_ address: IPv4Address, prefixLength: Int) {
    guard (0...32).contains(prefixLength) else { return nil }
    self.address = address
    self.prefixLength = prefixLength
  }

  /// The network part's bits set.
  package var mask: UInt32 { ~0 << UInt32(32 - prefixLength) }

  /// Whether `other` is an address of the same network.
  package func networkContains(_ other: IPv4Address) -> Bool {
    (address.value ^ other.value) & mask == 0
  }

  /// Whether it can be the address of one host: neither of many, nor the network's own, nor that of all its hosts.
  package var isOfHost: Bool {
    guard address.isUnicast else { return false }
    let host = address.value & ~mask
    return prefixLength > 30 || (host != 0 && host != ~mask)
  }

  /// As in `10.9.0.1/24`.
  package var description: String { "\(address)/\(prefixLength)" }

  /// Every IPv4 address of the kernel's and the interface it is on.
  static func all() throws(SystemError) -> [(interface: String, address: InterfaceAddress)] {
    var first: UnsafeMutablePointer<ifaddrs>?
    guard unsafe getifaddrs(&first) == 0 else { throw SystemError("list the kernel's addresses", lastError) }
    defer { unsafe freeifaddrs(first) }
    var found: [(interface: String, address: InterfaceAddress)] = []
    var next = unsafe first
    while let entry = unsafe next {
      if let address = unsafe InterfaceAddress(entry.pointee) {
        // An alias such as `eth0:1` is an address of `eth0`.
        let label = unsafe String(cString: entry.pointee.ifa_name)
        found.append((String(label.prefix { $0 != ":" }), address))
      }
      unsafe next = entry.pointee.ifa_next
    }
    return found
  }

  private init?(_ entry: ifaddrs) {
    guard let address = unsafe InterfaceAddress.number(of: entry.ifa_addr),
      let mask = unsafe InterfaceAddress.number(of: entry.ifa_netmask)
    else { return nil }
    self.address = IPv4Address(address)
    self.prefixLength = mask.nonzeroBitCount
  }

  /// The number in a socket address, or nil when it is of another family.
  private static func number(of address: UnsafeMutablePointer<sockaddr>?) -> UInt32? {
    guard let address = unsafe address, unsafe address.pointee.sa_family == sa_family_t(AF_INET) else { return nil }
    return unsafe address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { internet in
      unsafe UInt32(bigEndian: internet.pointee.sin_addr.s_addr)
    }
  }
}
