import Wire

/// Addresses in a line.
extension AccessLog {
  /// Appends an address of either version.
  mutating func append(_ address: IPAddress) {
    if let internet = address.ipv4 {
      append(internet)
    } else if let internet = address.ipv6 {
      append(internet)
    }
  }

  /// Appends an address with dots.
  private mutating func append(_ address: IPv4Address) {
    for shift: UInt32 in [24, 16, 8] {
      append(UInt64(address.value >> shift & 0xFF))
      append(0x2E as UInt8)
    }
    append(UInt64(address.value & 0xFF))
  }

  /// Appends an address with colons, as RFC 5952 has it.
  private mutating func append(_ address: IPv6Address) {
    let gap = AccessLog.longestGap(address)
    var index = 0
    while index < 8 {
      if index == gap.start {
        append("::")
        index += gap.count
        continue
      }
      if index > 0, index != gap.start + gap.count { append(0x3A as UInt8) }
      append(hexadecimal: AccessLog.group(index, of: address))
      index += 1
    }
  }

  /// One of the eight groups of sixteen bits.
  private static func group(_ index: Int, of address: IPv6Address) -> UInt16 {
    let half = index < 4 ? address.high : address.low
    return UInt16(truncatingIfNeeded: half >> UInt64(48 - 16 * (index & 3)))
  }

  /// The first of the longest runs of zero groups; behind all groups where none is longer than one.
  private static func longestGap(_ address: IPv6Address) -> (start: Int, count: Int) {
    var (start, longest) = (0, (start: 8, count: 1))
    for index in 0..<8 {
      if group(index, of: address) != 0 { start = index + 1 }
      if index + 1 - start > longest.count { longest = (start, index + 1 - start) }
    }
    return longest
  }

  private mutating func append(hexadecimal group: UInt16) {
    var shift = max(0, 3 - group.leadingZeroBitCount / 4) * 4
    while shift >= 0 {
      append(AccessLog.digit(UInt8(truncatingIfNeeded: group >> UInt16(shift) & 0xF)))
      shift -= 4
    }
  }
}
