import ArgumentParser
import Wire

/// An address and a port, 0.0.0.0:8080; without a port it is 80.
struct SocketAddress: ExpressibleByArgument, CustomStringConvertible {
  /// The address.
  let address: IPv4Address
  /// The port.
  let port: UInt16

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    guard let first = parts.first, let address = IPv4Address(first), parts.count <= 2 else { return nil }
    guard let port = parts.count == 2 ? UInt16(parts[1]) : 80, port > 0 else { return nil }
    (self.address, self.port) = (address, port)
  }

  var description: String { port == 80 ? "\(address)" : "\(address):\(port)" }
}
