extension InternetChecksum {
  /// The sum of the pseudo-header that TCP covers besides itself, between two addresses of version 4 (RFC 9293 §3.1).
  @inlinable
  @inline(__always)
  package init(tcpFrom source: IPv4Address, to destination: IPv4Address, length: Int) {
    let addresses = UInt64(source.value) &+ UInt64(destination.value)
    self.init(folding: addresses &+ UInt64(IPProtocol.tcp.value) &+ UInt64(length))
  }

  /// The sum of the pseudo-header that TCP covers besides itself (RFC 9293 §3.1, RFC 8200 §8.1).
  ///
  /// Both versions have the same sum but for their addresses, and what an address of version 4 has more in its mapped form
  /// than on the wire is 0xFFFF, which is a zero here.
  /// - Parameters:
  ///   - source: who sends the segment.
  ///   - destination: who it is for, an address of the same version.
  ///   - length: bytes of TCP header and text.
  @inlinable
  @inline(__always)
  package init(tcpFrom source: IPAddress, to destination: IPAddress, length: Int) {
    let (source, destination) = (source.mapped, destination.mapped)
    var sum = UInt64(IPProtocol.tcp.value) &+ UInt64(length) &+ source.low.halves &+ destination.low.halves
    if source.high | destination.high != 0 { sum &+= source.high.halves &+ destination.high.halves }
    self.init(folding: sum)
  }

  /// The sum of the pseudo-header of version 6 (RFC 8200 §8.1).
  package init(_ payload: IPProtocol, from source: IPv6Address, to destination: IPv6Address, length: Int) {
    let sum = source.high.halves &+ source.low.halves &+ destination.high.halves &+ destination.low.halves
    self.init(folding: sum &+ UInt64(payload.value) &+ UInt64(length))
  }
}

extension UInt64 {
  /// Both halves added, which leaves the one's-complement sum of all words what it was.
  @inlinable
  var halves: UInt64 { (self >> 32) &+ (self & 0xFFFF_FFFF) }
}
