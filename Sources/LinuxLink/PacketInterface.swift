import CLinux
import Glibc
import SystemPackage
package import Wire

/// An Ethernet interface as a packet socket needs to know it.
package struct PacketInterface: Equatable, Sendable {
  /// The name.
  package let name: String
  /// The kernel's number for it.
  package let index: Int32
  /// Its MTU.
  package let mtu: Int
  /// The kernel's own hardware address on it.
  let hardwareAddress: MACAddress
  /// Whether there is a device of its own behind it, which fetches frames from memory by itself: a network card.
  let hasHardware: Bool
  /// Whether it cuts super-frames itself, so that they need not pass the kernel's queue to be cut there.
  let segments: Bool

  /// The hardware address of servers on it, which is none of the kernel's and always the same.
  package var serverAddress: MACAddress { MACAddress(stableFor: name, besides: hardwareAddress) }

  /// Looks at the interface of this name.
  package init(named name: String) throws(PacketError) {
    let isEthernet: Bool
    let interface: NetworkInterface
    do throws(SystemError) {
      let control = try InterfaceControl(name)
      index = try control.index()
      isEthernet = try control.hardwareType() == CLINUX_ETHERNET
      segments = control.segments
      interface = try NetworkInterface(named: name)
    } catch {
      throw error.code.rawValue == ENODEV ? .noInterface(name) : .failed(error)
    }
    guard isEthernet, !interface.isLoopback else { throw .notEthernet(name) }
    guard interface.isUp else { throw .isDown(name) }
    guard interface.mtu >= 576 else { throw .smallMTU(name, interface.mtu) }
    self.name = name
    mtu = interface.mtu
    hardwareAddress = interface.hardwareAddress
    hasHardware = unsafe access("/sys/class/net/\(name)/device", F_OK) == 0
  }

  /// Whether frames may go straight to the driver (`PACKET_QDISC_BYPASS`).
  ///
  /// Past the queue, a super-frame that the driver does not cut is dropped, and so is every frame for which a card has no
  /// room at the moment. So it is left out where there is a card, and where the interface leaves cutting to the kernel.
  func canBypassQueue(offload: Bool) -> Bool {
    !hasHardware && (!offload || segments)
  }

  /// Whether the kernel would send on, to somebody else, a packet that comes to its own hardware address.
  var isForwarding: Bool {
    ["ipv4", "ipv6"].contains { isSet("/proc/sys/net/\($0)/conf/\(name)/forwarding") }
  }

  /// Whether a switch of the kernel's is on; where there is none it is off.
  private func isSet(_ path: String) -> Bool {
    guard let file = try? FileDescriptor.open(FilePath(path), .readOnly) else { return false }
    var byte: [UInt8] = [0]
    let count = try? file.closeAfter { try unsafe byte.withUnsafeMutableBytes { try unsafe file.read(into: $0) } }
    return count == 1 && byte[0] != UInt8(ascii: "0")
  }
}
