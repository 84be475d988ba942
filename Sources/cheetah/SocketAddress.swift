import ArgumentParser
import Wire

/// An address and a port, 0.0.0.0:8080 or [::1]:8080; without a port it is 80.
struct SocketAddress: ExpressibleByArgument, CustomStringConvertible {
  /// The address.
  let address: IPAddress
  /// The port.
  let port: UInt16

  init?(argument: String) {
    // An address of version 6 stands in brackets, since it has colons of its own (RFC 3986 §3.2.2).
    let isBracketed = argument.hasPrefix("[")
    let end = isBracketed ? argument.firstIndex(of: "]") : argument.firstIndex(of: ":") ?? argument.endIndex
    guard let end, let address = IPAddress(argument[..<end].dropFirst(isBracketed ? 1 : 0)) else { return nil }
    guard isBracketed == (address.family == .ipv6) else { return nil }
    let rest = argument[end...].dropFirst(isBracketed ? 1 : 0)
    guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
    guard let port = rest.isEmpty ? 80 : UInt16(rest.dropFirst()), port > 0 else { return nil }
    (self.address, self.port) = (address, port)
  }

  var description: String { port == 80 ? address.hostText : "\(address.hostText):\(port)" }
}
