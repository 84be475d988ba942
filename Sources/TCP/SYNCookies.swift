package import Time
import Wire

/// Handshakes that are remembered by the peer alone, when there is no place here (RFC 4987 §3.6).
///
/// Our initial number says what has to be known of the peer's SYN, and proves that we have made it: 24 bits of a keyed hash,
/// and eight that stand for MSS, window scale, selective acknowledgments and the minute.
package struct SYNCookies: Sendable {
  private let secret: SipHash

  /// Cookies under a secret.
  package init(secret: SipHash) {
    self.secret = secret
  }

  /// How long a cookie is valid at least; at most twice as long.
  package static let lifetime = Interval.seconds(64)

  /// The sizes that a cookie can name: the largest that the peer takes is used.
  static let sizes: [8 of UInt16] = [88, 536, 1_200, 1_360, 1_400, 1_440, 1_452, 1_460]
  /// The scales that a cookie can name, -1 for none. One that is too small only makes the peer's window look smaller.
  static let scales: [8 of Int8] = [-1, 0, 2, 4, 6, 7, 8, 10]

  /// The answer to a SYN that nothing is remembered of.
  /// - Parameters:
  ///   - addresses: both addresses, in any fixed way folded to 64 bits.
  ///   - ports: both ports.
  package func answer(
    _ syn: Segment, addresses: UInt64, ports: UInt32, offer: HandshakeOffer, at now: Instant
  ) -> OutgoingSegment {
    let options = syn.header.handshakeOptions
    let epoch = SYNCookies.epoch(now)
    var bits = UInt32(epoch & 1)
    bits |= options.selectiveAcknowledgments ? 2 : 0
    bits |= SYNCookies.scaleIndex(options.windowScale) << 2
    bits |= SYNCookies.sizeIndex(min(offer.mss, options.maximumSegmentSize ?? offer.usualPeerMSS)) << 5
    let number = seal(bits, addresses, ports, syn.sequence, epoch)
    return OutgoingSegment(
      sequence: number, acknowledgment: syn.sequence + 1, control: .syn, window: offer.handshakeWindow,
      options: .handshake(offer.answer(to: options, iss: number, at: now)))
  }

  /// What was agreed on, when a segment acknowledges a cookie; nil when it acknowledges anything else.
  package func agreement(
    acknowledgedBy segment: Segment, addresses: UInt64, ports: UInt32, offer: HandshakeOffer, at now: Instant
  ) -> HandshakeAgreement? {
    guard let acknowledgment = segment.header.acknowledgment else { return nil }
    let (iss, irs) = (acknowledgment - 1, segment.sequence - 1)
    // The low bits are masked by the hash, which depends on the epoch: at most two of them are possible.
    for age in 0...1 as ClosedRange<UInt64> {
      let epoch = SYNCookies.epoch(now) &- age
      let mask = hash(addresses, ports, irs, epoch)
      let bits = (iss.value ^ mask) & 0xFF
      guard bits & 1 == UInt32(epoch & 1), seal(bits, addresses, ports, irs, epoch) == iss else { continue }
      let scale = SYNCookies.scales[Int(bits >> 2 & 7)]
      let peer = HandshakeOptions(
        maximumSegmentSize: SYNCookies.sizes[Int(bits >> 5)], windowScale: scale < 0 ? nil : UInt8(scale),
        selectiveAcknowledgments: bits & 2 != 0,
        // A peer speaks of clocks where our SYN-ACK did, and that is where its SYN did.
        timestamps: segment.timestamps)
      return HandshakeAgreement(offer, peer: peer, iss: iss, irs: irs)
    }
    return nil
  }

  /// The number that says `bits` and that nobody else can make.
  private func seal(
    _ bits: UInt32, _ addresses: UInt64, _ ports: UInt32, _ irs: SequenceNumber, _ epoch: UInt64
  ) -> SequenceNumber {
    let mask = hash(addresses, ports, irs, epoch)
    let proof = UInt32(truncatingIfNeeded: secret.hash(UInt64(mask), UInt64(bits)))
    return SequenceNumber(proof << 8 | (bits ^ mask) & 0xFF)
  }

  private func hash(_ addresses: UInt64, _ ports: UInt32, _ irs: SequenceNumber, _ epoch: UInt64) -> UInt32 {
    let flow = secret.hash(addresses, UInt64(ports) << 32 | UInt64(irs.value))
    return UInt32(truncatingIfNeeded: secret.hash(flow, epoch))
  }

  private static func epoch(_ now: Instant) -> UInt64 { now.nanoseconds / lifetime.nanoseconds }

  private static func sizeIndex(_ size: UInt16) -> UInt32 {
    var index = 0
    while index < 7, sizes[index + 1] <= size { index += 1 }
    return UInt32(index)
  }

  private static func scaleIndex(_ scale: UInt8?) -> UInt32 {
    guard let scale else { return 0 }
    var index = 1
    while index < 7, scales[index + 1] <= Int8(scale) { index += 1 }
    return UInt32(index)
  }
}
