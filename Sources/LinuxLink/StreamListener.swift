import CLinux
import Glibc
package import Wire

/// A port of the kernel's TCP on which connections are taken.
package struct StreamListener: ~Copyable {
  private let descriptor: Descriptor

  /// Listens at an address; 0.0.0.0 is every address of this machine, and :: every one of version 6 too.
  package init(address: IPAddress, port: UInt16, backlog: Int32 = 4_096) throws(SystemError) {
    let name = "\(address.hostText):\(port)"
    let number = socket(
      address.family == .ipv4 ? AF_INET : AF_INET6,
      Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { throw SystemError("open a socket", lastError) }
    let descriptor = Descriptor(owning: number)
    // Connections inherit both options.
    try StreamListener.set(SOL_SOCKET, SO_REUSEADDR, of: number)
    try StreamListener.set(Int32(IPPROTO_TCP), TCP_NODELAY, of: number)
    guard StreamListener.bind(number, address, port) else {
      throw SystemError("serve at \(name)", lastError, advice: "  choose an address of this machine and a free port")
    }
    guard listen(number, backlog) == 0 else { throw SystemError("listen at \(name)", lastError) }
    self.descriptor = descriptor
  }

  /// The number by which the kernel knows it.
  package var descriptorNumber: Int32 { descriptor.number }

  /// The next connection; nil when there is none now.
  package borrowing func next() -> StreamSocket? {
    let number = clinux_accept(descriptor.number)
    return number < 0 ? nil : StreamSocket(number: number)
  }

  private static func bind(_ number: Int32, _ address: IPAddress, _ port: UInt16) -> Bool {
    if let internet = address.ipv6 {
      var place = sockaddr_in6()
      place.sin6_family = sa_family_t(AF_INET6)
      place.sin6_port = port.bigEndian
      place.sin6_addr = internet.kernel
      return bind(number, &place)
    }
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = port.bigEndian
    place.sin_addr.s_addr = (address.ipv4?.value ?? 0).bigEndian
    return bind(number, &place)
  }

  private static func bind<Place>(_ number: Int32, _ place: inout Place) -> Bool {
    let size = socklen_t(MemoryLayout<Place>.size)
    return unsafe withUnsafePointer(to: &place) { place in
      unsafe place.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe Glibc.bind(number, $0, size) == 0 }
    }
  }

  private static func set(_ level: Int32, _ option: Int32, of number: Int32) throws(SystemError) {
    var one: Int32 = 1
    guard unsafe setsockopt(number, level, option, &one, socklen_t(MemoryLayout<Int32>.size)) == 0 else {
      throw SystemError("set up a socket", lastError)
    }
  }
}
