extension IPAddress: CustomStringConvertible {
  /// Reads an address of either version. One of version 4 in the clothes of version 6 is refused: nobody has it.
  package init?(_ text: some StringProtocol) {
    if let address = IPv4Address(text) {
      self.init(address)
    } else if let address = IPv6Address(text) {
      self.init(address)
      guard family == .ipv6 else { return nil }
    } else {
      return nil
    }
  }

  /// The address as its version is written.
  package var description: String {
    switch family {
    case .ipv4: unmapped.description
    case .ipv6: mapped.description
    }
  }

  /// The address as it stands before a port: one of version 6 in brackets (RFC 3986 §3.2.2).
  package var hostText: String {
    switch family {
    case .ipv4: description
    case .ipv6: "[\(description)]"
    }
  }
}

extension IPFamily: CustomStringConvertible {
  /// `IPv4` or `IPv6`.
  package var description: String {
    switch self {
    case .ipv4: "IPv4"
    case .ipv6: "IPv6"
    }
  }
}
