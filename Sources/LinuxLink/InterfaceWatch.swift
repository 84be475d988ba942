import CLinux
import Glibc
import SystemPackage

/// Tells when an interface of the network namespace comes, goes or changes (rtnetlink(7), `RTMGRP_LINK`). Needs no
/// privilege.
package struct InterfaceWatch: ~Copyable {
  private let descriptor: Descriptor

  /// Watches from here on.
  package init() throws(SystemError) {
    let kind = Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    let number = socket(AF_NETLINK, kind, NETLINK_ROUTE)
    guard number >= 0 else { throw SystemError("open a socket for news of interfaces", lastError) }
    let opened = Descriptor(owning: number)
    var address = sockaddr_nl()
    address.nl_family = UInt16(AF_NETLINK)
    address.nl_groups = UInt32(RTMGRP_LINK)
    let result = unsafe withUnsafePointer(to: &address) { place in
      unsafe place.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe Glibc.bind(number, address, socklen_t(MemoryLayout<sockaddr_nl>.size))
      }
    }
    guard result == 0 else { throw SystemError("ask for news of interfaces", lastError) }
    descriptor = opened
  }

  /// What to wait for: readable when something has changed.
  package var descriptorNumber: Int32 { descriptor.number }

  /// Reads all news, whatever they say: who wants to know looks at the interfaces themselves.
  package func discard() {
    var bytes = [UInt8](repeating: 0, count: 16_384)
    // More news than the socket could hold (ENOBUFS) is news, too.
    while unsafe recv(descriptor.number, &bytes, bytes.count, 0) > 0 || lastError == .noBufferSpace {}
  }
}

extension NetworkInterface {
  /// The number and name of each interface of the network namespace (if_nameindex(3)).
  package static func numbers() throws(SystemError) -> [(index: UInt32, name: String)] {
    guard let list = unsafe if_nameindex() else { throw SystemError("list the interfaces", lastError) }
    defer { unsafe if_freenameindex(list) }
    var found: [(index: UInt32, name: String)] = []
    var next = unsafe list
    while let name = unsafe next.pointee.if_name {
      unsafe found.append((next.pointee.if_index, String(cString: name)))
      unsafe next += 1
    }
    return found
  }
}
