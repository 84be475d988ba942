extension IPv6Address: CustomStringConvertible {
  /// Reads eight hexadecimal groups with colons between them, of which one run of zeros may be left out (`fd09::2`), and
  /// the last two may be an IPv4 address (RFC 4291 §2.2). A zone (`%eth0`) is no part of an address.
  package init?(_ text: some StringProtocol) {
    guard let gap = text.firstRange(of: "::") else {
      guard let groups = IPv6Address.groups(text), groups.count == 8 else { return nil }
      self.init(groups)
      return
    }
    let (front, back) = (text[..<gap.lowerBound], text[gap.upperBound...])
    guard let before = front.isEmpty ? [] : IPv6Address.groups(front, mayEndInIPv4: false),
      let after = back.isEmpty ? [] : IPv6Address.groups(back), before.count + after.count < 8
    else { return nil }
    self.init(before + [UInt16](repeating: 0, count: 8 - before.count - after.count) + after)
  }

  /// The address of eight groups.
  private init(_ groups: [UInt16]) {
    self.init(
      high: groups[..<4].reduce(0) { $0 << 16 | UInt64($1) }, low: groups[4...].reduce(0) { $0 << 16 | UInt64($1) })
  }

  /// Groups with colons between them; nil where one is none.
  private static func groups(_ text: some StringProtocol, mayEndInIPv4: Bool = true) -> [UInt16]? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    var groups: [UInt16] = []
    for (index, part) in parts.enumerated() {
      if mayEndInIPv4, index == parts.count - 1, let tail = IPv4Address(part) {
        groups += [UInt16(tail.value >> 16), UInt16(tail.value & 0xFFFF)]
        continue
      }
      guard part.count <= 4, part.allSatisfy({ $0.isASCII && $0.isHexDigit }), let group = UInt16(part, radix: 16)
      else { return nil }
      groups.append(group)
    }
    return groups
  }

  /// The address as RFC 5952 would have it: small letters, no zeros in front, and the longest run of zero groups left out.
  package var description: String {
    let parts = (0..<8).map { String(group($0), radix: 16) }
    let gap = longestGap
    guard !gap.isEmpty else { return parts.joined(separator: ":") }
    return parts[..<gap.lowerBound].joined(separator: ":") + "::" + parts[gap.upperBound...].joined(separator: ":")
  }
}
