import LinuxLink
import SystemPackage
import Wire

/// What comes before a device is used.
enum DeviceOpening {
  /// Sees to it that the kernel stays out of the way.
  /// - Parameter purpose: what the address is for: `serve at`, `ask from`.
  static func check(_ address: InterfaceAddress, to purpose: String) throws(CommandFailure) {
    let owner = try CommandFailure.catching { () throws(SystemError) in
      try NetworkInterface.owner(of: address.address)
    }
    if let owner {
      throw .failed(
        """
        cannot \(purpose) \(address.address): the kernel has this address, on \(owner), and would reset every connection
          choose another of the same network, such as one that answers no ping
        """)
    }
  }

  /// Sees to it that no other server answers for the address on the interface: each would reset what the other has accepted.
  /// - Returns: what lasts for as long as the address is ours.
  static func reserve(_ address: InterfaceAddress, on interface: String) throws(CommandFailure) -> Reservation {
    do throws(SystemError) {
      return try Reservation(of: "cheetah \(address.address) \(interface)")
    } catch {
      guard error.code == .addressInUse else { throw .failed(error.description) }
      throw .failed(
        """
        cannot serve at \(address.address) on \(interface): another cheetah does
          find it:                              pgrep -a cheetah
          or let several share the address:     cheetah broker --interface \(interface) --address \(address.address)
        """)
    }
  }

  /// Opens a TAP, and switches the kernel's side on if it is to have an address.
  static func openTAP(
    _ name: String, kernelAddress: InterfaceAddress?, hardware: MACAddress?, offload: Bool,
    isMultiQueue: Bool = false
  ) throws(CommandFailure) -> TAPDevice {
    let device = try CommandFailure.catching { () throws(TAPError) in
      try TAPDevice(name: name, address: hardware, offload: offload, isMultiQueue: isMultiQueue)
    }
    try CommandFailure.catching { () throws(SystemError) in
      if let kernelAddress {
        try NetworkInterface.assign(kernelAddress, to: name)
        try NetworkInterface.bringUp(name)
      }
    }
    return device
  }
}
