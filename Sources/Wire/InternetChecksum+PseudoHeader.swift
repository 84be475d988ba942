extension InternetChecksum {
  /// The sum of the pseudo-header that TCP covers besides itself (RFC 9293 §3.1).
  /// - Parameters:
  ///   - source: who sends the segment.
  ///   - destination: who it is for.
  ///   - length: bytes of TCP header and text.
  @inlinable
  @inline(__always)
  package init(tcpFrom source: IPv4Address, to destination: IPv4Address, length: Int) {
    let addresses = UInt64(source.value) &+ UInt64(destination.value)
    self.init(folding: addresses &+ UInt64(IPProtocol.tcp.value) &+ UInt64(length))
  }
}
