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
    let gap = address.longestGap
    var index = 0
    while index < 8 {
      if index == gap.lowerBound {
        append("::")
        index = gap.upperBound
        continue
      }
      if index > 0, index != gap.upperBound { append(0x3A as UInt8) }
      append(hexadecimal: address.group(index))
      index += 1
    }
  }

  private mutating func append(hexadecimal group: UInt16) {
    var shift = max(0, 3 - group.leadingZeroBitCount / 4) * 4
    while shift >= 0 {
      append(AccessLog.digit(UInt8(truncatingIfNeeded: group >> UInt16(shift) & 0xF)))
      shift -= 4
    }
  }
}
