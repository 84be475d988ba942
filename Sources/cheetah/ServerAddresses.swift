import LinuxLink
import Stack
import Wire

/// Where a server is: an address of one version of the Internet Protocol, or one of each.
struct ServerAddresses {
  /// The addresses with their networks, version 4 before version 6.
  let list: [InterfaceAddress]
  /// The same for the host.
  let host: HostAddresses

  /// Takes what was given after `--address`; nil where that is nothing, or two addresses of one version.
  init?(_ addresses: [InterfaceAddress]) {
    list = IPFamily.allCases.flatMap { family in addresses.filter { $0.address.family == family } }
    guard let host = HostAddresses(list.map(\.address)) else { return nil }
    self.host = host
  }

  /// The addresses alone.
  var internet: [IPAddress] { list.map(\.address) }

  /// What is wrong with addresses that were given after an option; nil where nothing is.
  static func fault(in addresses: [InterfaceAddress], option: String) -> String? {
    for family in IPFamily.allCases where addresses.count(where: { $0.address.family == family }) > 1 {
      return "\(option) takes one address of \(family), beside one of the other version"
    }
    return addresses.first { !$0.isOfHost }.map { "\($0) is no address of a single host: choose another" }
  }
}
