import CLinux
import Glibc

extension TAPAttachment {
  /// Agrees on the virtio header and on which unfinished frames we take.
  ///
  /// The size is set even though 10 is the kernel's own: a persistent TAP keeps what its last user has set.
  func configure(virtioByteCount: Int, offload: Bool) throws(TAPError) {
    let accepted = offload ? UInt32(TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6) : 0
    do throws(SystemError) {
      let size = Int32(truncatingIfNeeded: virtioByteCount)
      try check(clinux_tun_set_header_size(descriptor.number, size), "set the virtio header of \(name)")
      try check(clinux_tun_set_offload(descriptor.number, accepted), "set the offloads of \(name)")
    } catch {
      throw .failed(error)
    }
  }

  /// The interface's own address and MTU.
  func interface() throws(TAPError) -> NetworkInterface {
    let interface: NetworkInterface
    do throws(SystemError) {
      interface = try NetworkInterface(named: name)
    } catch {
      throw .failed(error)
    }
    guard interface.mtu >= 576 else { throw .smallMTU(name, interface.mtu) }
    return interface
  }

  /// Hands the descriptor over to the device.
  consuming func takeDescriptor() -> Descriptor {
    descriptor
  }
}
