/// A 128-bit Internet address (RFC 4291).
package struct IPv6Address: Hashable, Sendable {
  /// The first eight bytes as a number: the network, as addresses are given out (RFC 4291 §2.5.1).
  package let high: UInt64
  /// The last eight bytes as a number: the interface.
  package let low: UInt64

  /// The address with these halves.
  @inlinable
  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The address in the sixteen bytes at `offset`; traps outside the span.
  @inlinable
  package init(_ bytes: RawSpan, at offset: Int) {
    self.init(high: bytes.uint64(at: offset), low: bytes.uint64(at: offset &+ 8))
  }

  /// Writes the sixteen bytes at `offset`; traps where they do not fit.
  @inlinable
  @inline(__always)
  package func write(to bytes: inout MutableRawSpan, at offset: Int) {
    bytes.store(high, at: offset)
    bytes.store(low, at: offset &+ 8)
  }

  /// One of the eight groups of sixteen bits in which an address is written, from the front.
  package func group(_ index: Int) -> UInt16 {
    UInt16(truncatingIfNeeded: (index < 4 ? high : low) >> UInt64(48 - 16 * (index & 3)))
  }

  /// The groups that are left out in writing, the first of the longest runs of zeros; empty and behind all groups where no
  /// run is longer than one (RFC 5952 §4.2).
  package var longestGap: Range<Int> {
    var (start, longest) = (0, 8..<8)
    for index in 0..<8 {
      if group(index) != 0 { start = index + 1 }
      if index + 1 - start > max(longest.count, 1) { longest = start..<(index + 1) }
    }
    return longest
  }

  /// `::`, which nobody has: who asks whether an address is free has none yet (RFC 4862 §5.4.2).
  package static let unspecified = IPv6Address(high: 0, low: 0)
  /// `ff02::1`, all hosts on the link (RFC 4291 §2.7.1).
  package static let allNodes = IPv6Address(high: 0xFF02 << 48, low: 1)

  /// Whether one host may be reached at this address from outside: not unspecified, not the loopback, not multicast, and
  /// no IPv4 address in the clothes of one of version 6 (RFC 4291 §2.5.2, §2.5.3, §2.5.5, §2.7).
  @inlinable
  package var isUnicast: Bool {
    // All of what is not, multicast aside, begins with eighty zero bits.
    high >> 56 != 0xFF && (high != 0 || low >> 48 != 0)
  }

  /// Whether the address is only good on one link, `fe80::/10` (RFC 4291 §2.5.6).
  package var isLinkLocal: Bool { high >> 54 == 0xFE80 >> 6 }

  /// Whether this is the group of all hosts whose address ends alike, `ff02::1:ff00:0/104` (RFC 4291 §2.7.1).
  package var isSolicitedNode: Bool { high == 0xFF02 << 48 && low >> 24 == 0x1_FF }

  /// The group in which the host of this address is asked for its hardware address (RFC 4291 §2.7.1).
  package var solicitedNode: IPv6Address {
    IPv6Address(high: 0xFF02 << 48, low: 0x1_FF00_0000 | low & 0xFF_FFFF)
  }

  /// The hardware address of a group (RFC 2464 §7).
  package var groupHardware: MACAddress { MACAddress(0x3333_0000_0000 | low & 0xFFFF_FFFF) }
}
