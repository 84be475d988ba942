/// An Ethernet frame as it came from a device, possibly a super-frame of many segments put together.
package struct ReceivedFrame: ~Escapable {
  /// The frame from the destination address on; without preamble and check sequence.
  package let bytes: RawSpan

  /// What is known of the TCP checksum.
  package let checksum: ReceivedChecksum

  /// Wraps the bytes of a frame.
  @inlinable
  @_lifetime(copy bytes)
  package init(bytes: RawSpan, checksum: ReceivedChecksum) {
    self.bytes = bytes
    self.checksum = checksum
  }
}

/// What a device knows of a received frame's TCP checksum.
package enum ReceivedChecksum: Sendable {
  /// Nothing: the field is complete and nobody has looked at it.
  case unverified
  /// The device or the sending kernel vouches for the data. The field may hold only the pseudo-header's part, as it does
  /// on every frame that a local kernel hands over unfinished (`VIRTIO_NET_HDR_F_NEEDS_CSUM`).
  case vouchedFor
}
