/// Why bytes are not the header they were taken for. A frame that throws one is dropped and counted by this reason.
@usableFromInline
package enum ParseError: Error, Hashable, CaseIterable {
  /// The bytes end before the header does.
  case truncated
  /// A version, type or address length that this stack does not speak.
  case unsupported
  /// A length field contradicts another, or lies beyond the bytes there are.
  case badLength
  /// An option's length is zero, one, or runs past the header.
  case badOption
  /// The Internet checksum does not add up.
  case badChecksum
  /// Flags that no correct sender combines.
  case badFlags
}
