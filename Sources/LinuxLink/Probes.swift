import CLinux
import Glibc

/// Tries what the machine allows, by doing it. Nothing is left behind.
package enum Probes {
  /// What the driver behind `/dev/net/tun` can do.
  package struct TAPFeatures: Equatable, Sendable {
    /// Frames may have a virtio header: super-frames and unfinished checksums (`IFF_VNET_HDR`).
    package let hasVirtioHeader: Bool
    /// A TAP may have a queue for each worker (`IFF_MULTI_QUEUE`).
    package let hasQueues: Bool
  }

  /// Opens the driver and asks it. No privilege is needed.
  package static func tapDriver() throws(TAPError) -> TAPFeatures {
    let driver = try TAPAttachment.openDriver()
    let flags: Int32
    do throws(SystemError) {
      flags = try check(clinux_tun_features(driver.number), "ask /dev/net/tun for its features")
    } catch {
      throw .failed(error)
    }
    return TAPFeatures(hasVirtioHeader: flags & IFF_VNET_HDR != 0, hasQueues: flags & IFF_MULTI_QUEUE != 0)
  }

  /// Makes a TAP with a name of the kernel's choice, which goes at once.
  package static func tapCreation() throws(TAPError) {
    _ = try TAPAttachment(name: nil, isMultiQueue: false)
  }

  /// Opens a packet socket (packet(7)) that receives nothing.
  package static func packetSocket() throws(SystemError) {
    let number = socket(AF_PACKET, Int32(SOCK_RAW.rawValue), 0)
    guard number >= 0 else { throw SystemError("open a packet socket", lastError) }
    _ = Descriptor(owning: number)
  }

  /// Asks whether the kernel would look at what leaves an interface (nft(8), the egress hook); nothing is changed.
  package static func egressHook() throws {
    let table = "cheetah_probe"
    try PacketRules(isTrial: true).run(
      """
      add table netdev \(table)
      add chain netdev \(table) egress { type filter hook egress device "lo" priority 0; policy accept; }
      """)
  }

  /// Makes a ring for reads by io_uring, which goes at once.
  package static func ring() throws(SystemError) {
    _ = try RingReader(file: BlockFile(path: "/proc/self/exe"), into: BlockRegion(frameCount: 1))
  }

  /// Opens a file without a name in a directory for direct reads.
  package static func directReads(in directory: String) throws(SystemError) {
    let result = unsafe clinux_open_unnamed_direct(directory)
    _ = Descriptor(owning: try check(result, "open a file in \(directory) for direct reads"))
  }
}
