import CLinux
import Glibc
import Wire

/// The addresses that the kernel has.
extension InterfaceAddress {
  /// Every address of the kernel's and the interface it is on.
  static func all() throws(SystemError) -> [(interface: String, address: InterfaceAddress)] {
    var first: UnsafeMutablePointer<ifaddrs>?
    guard unsafe getifaddrs(&first) == 0 else { throw SystemError("list the kernel's addresses", lastError) }
    defer { unsafe freeifaddrs(first) }
    var found: [(interface: String, address: InterfaceAddress)] = []
    var next = unsafe first
    while let entry = unsafe next {
      if let address = unsafe InterfaceAddress(entry.pointee) {
        // An alias such as `eth0:1` is an address of `eth0`.
        let label = unsafe String(cString: entry.pointee.ifa_name)
        found.append((String(label.prefix { $0 != ":" }), address))
      }
      unsafe next = entry.pointee.ifa_next
    }
    return found
  }

  private init?(_ entry: ifaddrs) {
    guard let place = unsafe entry.ifa_addr, let mask = unsafe entry.ifa_netmask,
      let address = unsafe InterfaceAddress.address(in: place)
    else { return nil }
    let bits = unsafe InterfaceAddress.bitCount(of: mask, address.family)
    self.init(address, prefixLength: bits)
  }

  /// The address in a socket address, or nil when it is of another family.
  private static func address(in place: UnsafeMutablePointer<sockaddr>) -> IPAddress? {
    switch unsafe Int32(place.pointee.sa_family) {
    case AF_INET: return unsafe IPAddress(IPv4Address(UInt32(bigEndian: place.internet.sin_addr.s_addr)))
    case AF_INET6: return unsafe IPAddress(IPv6Address(place.internet6.sin6_addr))
    default: return nil
    }
  }

  /// Bits that are set in a mask, which may be without a family of its own.
  private static func bitCount(of mask: UnsafeMutablePointer<sockaddr>, _ family: IPFamily) -> Int {
    switch family {
    case .ipv4: return unsafe mask.internet.sin_addr.s_addr.nonzeroBitCount
    case .ipv6:
      let mask = unsafe IPv6Address(mask.internet6.sin6_addr)
      return mask.high.nonzeroBitCount + mask.low.nonzeroBitCount
    }
  }
}

extension UnsafeMutablePointer<sockaddr> {
  /// The place as one of version 4.
  fileprivate var internet: sockaddr_in {
    unsafe withMemoryRebound(to: sockaddr_in.self, capacity: 1) { unsafe $0.pointee }
  }

  /// The place as one of version 6.
  fileprivate var internet6: sockaddr_in6 {
    unsafe withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { unsafe $0.pointee }
  }
}
