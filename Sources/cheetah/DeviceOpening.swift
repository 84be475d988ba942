import Link
import LinuxLink
import SystemPackage
import Wire

/// What comes before a device is used.
enum DeviceOpening {
  /// Sees to it that the kernel stays out of the way.
  /// - Parameter purpose: what the address is for: `serve at`, `ask from`.
  static func check(_ addresses: ServerAddresses, to purpose: String) throws(CommandFailure) {
    for address in addresses.internet {
      let owner = try CommandFailure.catching { () throws(SystemError) in try NetworkInterface.owner(of: address) }
      guard let owner else { continue }
      throw .failed(
        """
        cannot \(purpose) \(address): the kernel has this address, on \(owner), and would reset every connection
          choose another of the same network, such as one that answers no ping
        """)
    }
  }

  /// Sees to it that packets of every version are small enough for the link (RFC 791, RFC 8200 §5).
  static func check(_ addresses: ServerAddresses, fit properties: LinkProperties) throws(CommandFailure) {
    for family in addresses.internet.map(\.family) where properties.mtu < family.leastMTU {
      throw .failed(
        """
        \(family) needs an MTU of \(family.leastMTU) bytes at least, and the interface has \(properties.mtu)
          raise it with  ip link set NAME mtu 1500
        """)
    }
  }

  /// Sees to it that no other server answers for an address on the interface: each would reset what the other has accepted.
  /// - Returns: what lasts for as long as the address is ours.
  static func reserve(_ address: IPAddress, on interface: String) throws(CommandFailure) -> Reservation {
    do throws(SystemError) {
      return try Reservation(of: "cheetah \(address) \(interface)")
    } catch {
      guard error.code == .addressInUse else { throw .failed(error.description) }
      throw .failed(
        """
        cannot serve at \(address) on \(interface): another cheetah does
          find it:                              pgrep -a cheetah
          or let several share the address:     cheetah broker --interface \(interface) --address \(address)
        """)
    }
  }

  /// Opens a TAP, and switches the kernel's side on if it is to have an address.
  static func openTAP(
    _ name: String, kernelAddresses: [InterfaceAddress], hardware: MACAddress?, offload: Bool,
    isMultiQueue: Bool = false
  ) throws(CommandFailure) -> TAPDevice {
    let device = try CommandFailure.catching { () throws(TAPError) in
      try TAPDevice(name: name, address: hardware, offload: offload, isMultiQueue: isMultiQueue)
    }
    try CommandFailure.catching { () throws(SystemError) in
      for address in kernelAddresses { try NetworkInterface.assign(address, to: name) }
      if !kernelAddresses.isEmpty { try NetworkInterface.bringUp(name) }
    }
    return device
  }
}
