package import Wire

/// The Internet checksum once more, written as RFC 1071 §1 defines it: the judge of the one in `Wire`.
package enum OnesComplement {
  /// The folded sum of 16-bit words, with `start` already added.
  package static func sum(_ bytes: RawSpan, from start: UInt64 = 0) -> UInt16 {
    var sum = start
    let words = bytes.byteCount / 8
    for word in 0..<words {
      let eight = bytes.uint64(at: 8 * word)
      sum += eight >> 48 + eight >> 32 & 0xFFFF + eight >> 16 & 0xFFFF + eight & 0xFFFF
    }
    for offset in (8 * words)..<bytes.byteCount {
      sum += UInt64(bytes.byte(at: offset)) << (offset & 1 == 0 ? 8 : 0)
    }
    while sum > 0xFFFF { sum = sum >> 16 + sum & 0xFFFF }
    return UInt16(sum)
  }

  /// The sum of the pseudo-header of a TCP segment of `length` bytes (RFC 9293 §3.1), not folded.
  package static func pseudoHeader(_ source: IPv4Address, _ destination: IPv4Address, length: Int) -> UInt64 {
    let addresses = [source.value >> 16, source.value & 0xFFFF, destination.value >> 16, destination.value & 0xFFFF]
    return addresses.reduce(6 + UInt64(length)) { $0 + UInt64($1) }
  }
}
