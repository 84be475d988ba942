/// An Internet address of either version, in 128 bits: one of version 4 stands in the low ones, mapped as RFC 4291 §2.5.5.2
/// has it (`::ffff:10.9.0.2`). No host on the wire has such an address of version 6, so that the bits tell the version.
package struct IPAddress: Hashable, Sendable {
  /// The bits.
  package let mapped: IPv6Address

  /// An address of version 4.
  @inlinable
  package init(_ address: IPv4Address) {
    mapped = IPv6Address(high: 0, low: 0xFFFF_0000_0000 | UInt64(address.value))
  }

  /// An address of version 6, or of version 4 as it is mapped.
  @inlinable
  package init(_ address: IPv6Address) {
    mapped = address
  }

  /// Which version the address is of.
  @inlinable
  package var family: IPFamily { mapped.high == 0 && mapped.low >> 32 == 0xFFFF ? .ipv4 : .ipv6 }

  /// The address of version 4 in the low bits, where it is one.
  @inlinable
  package var unmapped: IPv4Address { IPv4Address(UInt32(truncatingIfNeeded: mapped.low)) }

  /// The address of version 4; nil where it is none.
  @inlinable
  package var ipv4: IPv4Address? { family == .ipv4 ? unmapped : nil }

  /// The address of version 6; nil where it is none.
  @inlinable
  package var ipv6: IPv6Address? { family == .ipv6 ? mapped : nil }

  /// Whether one host may be reached at this address.
  package var isUnicast: Bool {
    switch family {
    case .ipv4: unmapped.isUnicast
    case .ipv6: mapped.isUnicast
    }
  }

  /// The address that comes so many after this one; traps where they are no longer of one network of 64 bits.
  @inlinable
  package func advanced(by count: UInt16) -> IPAddress {
    IPAddress(IPv6Address(high: mapped.high, low: mapped.low + UInt64(count)))
  }
}

/// The two versions of the Internet Protocol.
package enum IPFamily: Sendable, CaseIterable {
  /// RFC 791.
  case ipv4
  /// RFC 8200.
  case ipv6

  /// Bytes of the Internet header that we send.
  @inlinable
  package var headerByteCount: Int {
    switch self {
    case .ipv4: IPv4Header.byteCount
    case .ipv6: IPv6Header.byteCount
    }
  }

  /// Bits of an address.
  package var bitCount: Int {
    switch self {
    case .ipv4: 32
    case .ipv6: 128
    }
  }

  /// The most bytes of a packet that every link carries (RFC 791 §3.1: every host takes them; RFC 8200 §5).
  @inlinable
  package var leastMTU: Int {
    switch self {
    case .ipv4: 576
    case .ipv6: 1_280
    }
  }

  /// Bytes of text in a segment that fills a packet of `mtu` bytes, without options (RFC 9293 §3.7.1).
  @inlinable
  package func segmentSize(mtu: Int) -> Int { mtu - headerByteCount - TCPHeader.byteCount }

  /// What an Ethernet frame calls it.
  @inlinable
  package var etherType: EtherType {
    switch self {
    case .ipv4: .ipv4
    case .ipv6: .ipv6
    }
  }
}
