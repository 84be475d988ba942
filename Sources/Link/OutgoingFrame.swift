/// A frame on its way out: headers that were just written, and up to four pieces of text that lie where they always lay.
///
/// The pieces are references. Whoever transmits the frame touches their bytes once, or leaves even that to the kernel.
package struct OutgoingFrame: ~Escapable {
  /// Ethernet, IP and TCP (or ARP, ICMP) headers with all that follows them but text.
  package let header: RawSpan

  /// Pieces of text in order; unused ones are empty and stand last.
  package var text: (RawSpan, RawSpan, RawSpan, RawSpan)

  /// What is left for the device to do.
  package let offload: TransmitOffload

  /// A frame whose text is in up to four places.
  @inlinable
  @_lifetime(copy header, copy text0, copy text1, copy text2, copy text3)
  package init(
    header: RawSpan, text text0: RawSpan, _ text1: RawSpan, _ text2: RawSpan, _ text3: RawSpan,
    offload: TransmitOffload
  ) {
    self.header = header
    self.text = (text0, text1, text2, text3)
    self.offload = offload
  }

  /// A frame without text; complete as it stands, unless something is left for the device to do.
  @inlinable
  @_lifetime(copy header)
  package init(header: RawSpan, offload: TransmitOffload = .none) {
    self.header = header
    self.text = (RawSpan(), RawSpan(), RawSpan(), RawSpan())
    self.offload = offload
  }

  /// Bytes of header and text together.
  @inlinable
  package var byteCount: Int {
    header.byteCount + text.0.byteCount + text.1.byteCount + text.2.byteCount + text.3.byteCount
  }
}

/// Work on an outgoing TCP frame that is left to the device.
package enum TransmitOffload: Equatable, Sendable {
  /// None: the frame is complete.
  case none
  /// Finish the checksum: sum everything from byte `start` of the frame and store the result at `start + offset`, where
  /// the sum of the pseudo-header stands now.
  case checksum(start: UInt16, offset: UInt16)
  /// Cut the text into segments of `size` bytes (the last may be shorter), each with the headers and a checksum.
  case segmentation(size: UInt16, start: UInt16, offset: UInt16)
}
