import TCP
import Wire

/// Our end of connections that we open: a local address and a port that are free, in an order that nobody outside can
/// guess (RFC 6056 §3.3.3: where the search begins is a keyed hash of the peer plus a counter).
struct EphemeralPorts {
  private let secret: SipHash
  private var counter: UInt32 = 0

  /// The lowest port that is chosen: those below belong to services (RFC 6335 §6).
  static let lowest: UInt16 = 1_024
  private static let perAddress = UInt32(UInt16.max) - UInt32(lowest) + 1

  /// How many ends are looked at before none is taken to be free.
  static let mostTries = 65_536

  /// Ports under a secret.
  init(secret: SipHash) {
    self.secret = secret
  }

  /// An end that `isFree` accepts; nil when none was found.
  mutating func next(
    to peer: IPAddress, port: UInt16, addressCount: UInt16, isFree: (FlowKey) -> Bool
  ) -> FlowKey? {
    let all = UInt64(EphemeralPorts.perAddress) * UInt64(addressCount)
    let start = secret.hash(peer.mapped.low, secret.hash(peer.mapped.high, UInt64(port) << 32 | 0x706F_7274)) % all
    for _ in 0..<min(EphemeralPorts.mostTries, Int(all)) {
      counter &+= 1
      let number = (start + UInt64(counter)) % all
      let (local, offset) = number.quotientAndRemainder(dividingBy: UInt64(EphemeralPorts.perAddress))
      let key = FlowKey(
        peer: peer, peerPort: port, localPort: EphemeralPorts.lowest + UInt16(offset), local: UInt16(local))
      if isFree(key) { return key }
    }
    return nil
  }
}
