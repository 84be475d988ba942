import Glibc

/// Changes to the kernel's side of a link. They need CAP_NET_ADMIN in the network namespace.
extension NetworkInterface {
  /// Switches the interface on.
  package static func bringUp(_ name: String) throws(SystemError) {
    let control = try InterfaceControl(name)
    try control.setFlags(control.flags() | Int32(IFF_UP))
  }

  /// Switches the interface off.
  package static func takeDown(_ name: String) throws(SystemError) {
    let control = try InterfaceControl(name)
    try control.setFlags(control.flags() & ~Int32(IFF_UP))
  }

  /// Gives the kernel an address on the interface: of version 4 in place of the first it has there, of version 6 beside
  /// those it has; such a one it uses a second later, when nobody has objected (RFC 4862 §5.4).
  package static func assign(_ address: InterfaceAddress, to name: String) throws(SystemError) {
    try InterfaceControl(name).assign(address)
  }

  /// Sets the most bytes of IP header and payload that one frame may carry.
  package static func setMTU(_ mtu: Int, of name: String) throws(SystemError) {
    try InterfaceControl(name).setMTU(mtu)
  }
}
