import Wire

extension MACAddress {
  /// A locally administered unicast address (IEEE 802-2014 §8.4) that depends only on an interface's name (FNV-1a).
  ///
  /// The kernel has an address of its own on the same link, usually a random one; ours is never the same.
  init(stableFor name: String, besides kernel: MACAddress) {
    let hash = name.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    let address = MACAddress(0x02 << 40 | hash & 0xFF_FFFF_FFFF)
    self = address == kernel ? MACAddress(address.value ^ 1) : address
  }
}
