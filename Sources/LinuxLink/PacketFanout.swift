import CLinux
import Glibc

/// Packet sockets that share what an interface receives: each flow goes to one of them, always the same, by a hash of its
/// addresses and ports (`PACKET_FANOUT_HASH`).
package final class PacketFanout {
  /// The kernel's number for the group; nil before the first socket has joined.
  private var group: UInt16?

  /// A group without sockets.
  package init() {}

  /// Adds a bound socket to the group, which the first of them makes.
  func add(_ socket: borrowing Descriptor) throws(SystemError) {
    let kind = PACKET_FANOUT_HASH | (group == nil ? PACKET_FANOUT_FLAG_UNIQUEID : 0)
    let value = Int32(group ?? 0) | kind << 16
    try socket.set(SOL_PACKET, PACKET_FANOUT, to: value, "share the frames of an interface among sockets")
    guard group == nil else { return }
    var answer: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    guard unsafe getsockopt(socket.number, SOL_PACKET, PACKET_FANOUT, &answer, &size) == 0 else {
      throw SystemError("ask for the number of a group of packet sockets", lastError)
    }
    group = UInt16(truncatingIfNeeded: answer)
  }
}
