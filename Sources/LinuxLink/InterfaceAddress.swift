import Glibc
package import Wire

/// An address of either version and how many of its first bits name the network (CIDR, RFC 4632; RFC 4291 §2.3).
package struct InterfaceAddress: Equatable, Sendable, CustomStringConvertible {
  /// The address of the host.
  package let address: IPAddress
  /// Bits of the network part, 0 to 32 or 128.
  package let prefixLength: Int

  /// An address in a network; nil when the prefix is longer than an address.
  package init?(_ address: IPAddress, prefixLength: Int) {
    guard (0...address.family.bitCount).contains(prefixLength) else { return nil }
    self.address = address
    self.prefixLength = prefixLength
  }

  /// The network of an address as most are made: 24 bits, or 64 in version 6.
  package init(_ address: IPAddress) {
    self.address = address
    prefixLength = address.family == .ipv4 ? 24 : 64
  }

  /// Whether `other` is an address of the same network.
  package func networkContains(_ other: IPAddress) -> Bool {
    guard address.family == other.family else { return false }
    // In 128 bits version 4 has 96 in front that are always the same.
    let length = prefixLength + 128 - address.family.bitCount
    let high: UInt64 = length >= 64 ? .max : ~(UInt64.max >> UInt64(length))
    let low: UInt64 = length <= 64 ? 0 : ~(UInt64.max >> UInt64(length - 64))
    let (own, other) = (address.mapped, other.mapped)
    return (own.high ^ other.high) & high == 0 && (own.low ^ other.low) & low == 0
  }

  /// Whether it can be the address of one host: neither of many, nor the network's own, nor that of all its hosts.
  package var isOfHost: Bool {
    guard address.isUnicast else { return false }
    guard let internet = address.ipv4, prefixLength <= 30 else { return true }
    let hosts = UInt32.max >> UInt32(prefixLength)
    let host = internet.value & hosts
    return host != 0 && host != hosts
  }

  /// As in `10.9.0.1/24`.
  package var description: String { "\(address)/\(prefixLength)" }
}
