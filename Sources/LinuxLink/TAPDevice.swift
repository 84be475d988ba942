import CLinux
package import Link
package import Wire

/// A TAP: a network interface of the kernel's whose cable ends in this process.
///
/// Each frame is one `read`, or one `write` or `writev`, with a virtio header before it: so whole super-frames pass, and checksums
/// that nobody has to compute (Documentation/networking/tuntap.rst).
package struct TAPDevice: ~Copyable, PolledDevice {
  /// The most text in one super-frame: what an IPv4 packet holds beside the longest TCP header.
  package static let largestSuperSegment = 65_535 - 20 - 60

  /// The interface's name.
  package let name: String

  /// The address frames are sent from (not the kernel's on the same link), the interface's MTU, and what was agreed.
  package let properties: LinkProperties

  /// What has passed through, and what was lost.
  package internal(set) var counters = LinkCounters()

  /// Whether the interface has been deleted under us: no frame will ever come or go again.
  package internal(set) var isLost = false

  let descriptor: Descriptor
  var reader: FrameReader
  var writer: FrameWriter

  /// Attaches to a TAP, which is made if there is none; it then goes with the device.
  /// - Parameters:
  ///   - name: the interface's name, 1 to 15 bytes; nil leaves it to the kernel.
  ///   - address: the address to send from; nil derives one from the name, always the same.
  ///   - offload: whether super-frames and unfinished checksums pass. Without, the virtio header only says that there
  ///     are none.
  ///   - isMultiQueue: whether several devices share the TAP, one for each worker.
  ///   - virtioByteCount: the virtio header's size, 10 or 12 bytes; the same for all queues of a TAP.
  package init(
    name: String?, address: MACAddress? = nil, offload: Bool = true, isMultiQueue: Bool = false,
    virtioByteCount: Int = 10
  ) throws(TAPError) {
    precondition(virtioByteCount == 10 || virtioByteCount == 12, "a virtio header has 10 or 12 bytes")
    let attachment = try TAPAttachment(name: name, isMultiQueue: isMultiQueue)
    try attachment.configure(virtioByteCount: virtioByteCount, offload: offload)
    let interface = try attachment.interface()
    self.properties = LinkProperties(
      address: address ?? MACAddress(stableFor: attachment.name, besides: interface.hardwareAddress),
      mtu: interface.mtu,
      finishesChecksums: offload,
      largestSuperSegment: offload ? TAPDevice.largestSuperSegment : 0)
    self.name = attachment.name
    self.descriptor = attachment.takeDescriptor()
    self.reader = FrameReader(virtioByteCount: virtioByteCount)
    self.writer = FrameWriter(virtioByteCount: virtioByteCount)
  }

  /// What to wait for: readable when a frame has come.
  package var descriptorNumber: Int32 { descriptor.number }
}
