/// The two bits of an Internet header that speak of congestion, as packetdrill writes them: `[ect0]`, `[ce]`; nothing where the
/// transport does not speak of it.
package enum PacketMark: UInt8, Sendable {
  /// Routers drop what they have no room for.
  case none = 0
  /// ECT(1).
  case ect1 = 1
  /// ECT(0).
  case ect0 = 2
  /// A router has met congestion.
  case ce = 3

  /// Reads packetdrill's notation.
  init?(written text: Substring) {
    switch text {
    case "[noecn]": self = .none
    case "[ect1]": self = .ect1
    case "[ect0]": self = .ect0
    case "[ce]": self = .ce
    default: return nil
    }
  }

  /// What a router that meets congestion makes of it; nil where it has to drop the packet.
  package var marked: PacketMark? { self == .none ? nil : .ce }
}
