import Wire

/// The name that a site is served under: `example.org`, or `*.example.org` for every host below it (RFC 9110 §4.2.3: the
/// case of a host means nothing).
package struct HostName: Hashable, Sendable {
  /// Whether it stands for every host below the name, and not for the name itself.
  package let isWildcard: Bool
  /// The name in small letters, without a dot at its end; that of a wildcard begins with a dot.
  let name: [UInt8]

  /// A name of these bytes.
  init(isWildcard: Bool, name: [UInt8]) {
    self.isWildcard = isWildcard
    self.name = name
  }

  /// Bytes of the name: of two wildcards the longer says more.
  package var length: Int { name.count }

  /// Whether a request to a host, with or without a port, is to this one.
  /// - Parameter host: the value of a Host field, or the authority of a target, which was found to be one.
  package func matches(_ host: RawSpan) -> Bool {
    let count = HostName.nameCount(of: host)
    let start = count - name.count
    guard isWildcard ? start > 0 : start == 0 else { return false }
    for offset in 0..<name.count where ASCII.lowercased(host.byte(at: start &+ offset)) != name[offset] { return false }
    return true
  }

  /// Bytes of the name in `host`, without the port and the dot that ends an absolute name.
  private static func nameCount(of host: RawSpan) -> Int {
    var count = host.byteCount
    while count > 0, isDigit(host, count &- 1) { count &-= 1 }
    count = count > 0 && host.byte(at: count &- 1) == UInt8(ascii: ":") ? count &- 1 : host.byteCount
    return count > 1 && host.byte(at: count &- 1) == UInt8(ascii: ".") ? count &- 1 : count
  }

  private static func isDigit(_ host: RawSpan, _ offset: Int) -> Bool { ASCII.isDigit(host.byte(at: offset)) }
}
