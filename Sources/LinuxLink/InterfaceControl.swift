import CLinux
import Glibc
import Wire

/// Asks the kernel about one interface, and tells it what to change there (netdevice(7)).
struct InterfaceControl: ~Copyable {
  private let socket: Descriptor
  private let name: String

  /// Prepares to ask about the interface of this name, which need not exist.
  init(_ name: String) throws(SystemError) {
    socket = try .controlSocket()
    self.name = name
  }

  /// The flags: `IFF_UP`, `IFF_LOOPBACK` and others.
  func flags() throws(SystemError) -> Int32 {
    try check(unsafe clinux_interface_flags(socket.number, name), "look at the interface \(name)")
  }

  /// Sets all flags.
  func setFlags(_ flags: Int32) throws(SystemError) {
    try check(unsafe clinux_interface_set_flags(socket.number, name, flags), "switch the interface \(name)")
  }

  /// The most bytes of IP header and payload in one frame.
  func mtu() throws(SystemError) -> Int {
    Int(try check(unsafe clinux_interface_mtu(socket.number, name), "read the MTU of \(name)"))
  }

  /// Sets the MTU.
  func setMTU(_ mtu: Int) throws(SystemError) {
    let result = unsafe clinux_interface_set_mtu(socket.number, name, Int32(clamping: mtu))
    try check(result, "set the MTU of \(name) to \(mtu)")
  }

  /// The kernel's own hardware address on the link.
  func hardwareAddress() throws(SystemError) -> MACAddress {
    var bytes = [UInt8](repeating: 0, count: 6)
    let result = unsafe clinux_interface_hardware_address(socket.number, name, &bytes)
    try check(result, "read the hardware address of \(name)")
    return MACAddress(bytes.reduce(0) { $0 << 8 | UInt64($1) })
  }

  /// The kernel's number for the interface.
  func index() throws(SystemError) -> Int32 {
    try check(unsafe clinux_interface_index(socket.number, name), "look at the interface \(name)")
  }

  /// The kind of its hardware: `ARPHRD_ETHER` and others.
  func hardwareType() throws(SystemError) -> Int32 {
    try check(unsafe clinux_interface_hardware_type(socket.number, name), "look at the interface \(name)")
  }

  /// Whether its driver cuts super-frames; false where it does not say. The kernel turns that off with checksums.
  var segments: Bool { unsafe clinux_interface_segments(socket.number, name) > 0 }

  /// Whether the interface is a TAP.
  var isTAP: Bool { unsafe clinux_interface_is_tap(socket.number, name) > 0 }

  /// Gives the kernel an address on the interface: of version 4 in place of the first it has there, of version 6 beside
  /// those it has.
  func assign(_ address: InterfaceAddress) throws(SystemError) {
    let operation = "give \(name) the address \(address)"
    if let internet = address.address.ipv4 {
      let mask = UInt32.max << UInt32(32 - address.prefixLength)
      try check(unsafe clinux_interface_set_address(socket.number, name, internet.value), operation)
      try check(unsafe clinux_interface_set_netmask(socket.number, name, mask), operation)
    } else if let internet = address.address.ipv6 {
      let socket = try Descriptor.controlSocket(AF_INET6)
      var bytes = internet.kernel
      let result = unsafe clinux_interface_add_address6(
        socket.number, try index(), &bytes, UInt32(address.prefixLength))
      // It may have it already.
      if result != -EEXIST { try check(result, operation) }
    }
  }
}
