package import Wire

/// What a link device is and what work it takes over. Fixed when the device is opened.
package struct LinkProperties: Sendable {
  /// The hardware address frames are sent from.
  package let address: MACAddress

  /// The most bytes of IP header and payload that one frame may carry (the link's MTU), at least 576.
  package let mtu: Int

  /// Whether the device finishes a TCP checksum of which only the pseudo-header part is filled in.
  package let finishesChecksums: Bool

  /// The most bytes of TCP text the device accepts in one frame and cuts into segments itself; 0 where it cannot.
  package let largestSuperSegment: Int

  /// Describes a device.
  package init(address: MACAddress, mtu: Int, finishesChecksums: Bool, largestSuperSegment: Int) {
    self.address = address
    self.mtu = mtu
    self.finishesChecksums = finishesChecksums
    self.largestSuperSegment = largestSuperSegment
  }
}
