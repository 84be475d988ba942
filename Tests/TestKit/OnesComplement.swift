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

  /// The sum of the pseudo-header of a payload of `length` bytes, TCP where nothing else is said (RFC 9293 §3.1,
  /// RFC 8200 §8.1), not folded.
  package static func pseudoHeader(
    _ source: IPAddress, _ destination: IPAddress, length: Int, protocol payload: UInt64 = 6
  ) -> UInt64 {
    [source, destination].reduce(payload + UInt64(length)) { sum, address in
      sum + words(of: address).reduce(0) { $0 + UInt64($1) }
    }
  }

  /// The words of an address, as they stand in a header.
  private static func words(of address: IPAddress) -> [UInt16] {
    var bytes = [UInt8]()
    bytes.append(address)
    return stride(from: 0, to: bytes.count, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
  }
}
