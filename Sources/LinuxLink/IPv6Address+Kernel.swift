import Glibc
import Wire

extension IPv6Address {
  /// The address as the kernel's structures have it.
  init(_ address: in6_addr) {
    let bytes = unsafe withUnsafeBytes(of: address) { unsafe [UInt8]($0) }
    self.init(
      high: bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }, low: bytes[8...].reduce(0) { $0 << 8 | UInt64($1) })
  }

  /// The address for the kernel's structures.
  var kernel: in6_addr {
    var address = in6_addr()
    unsafe withUnsafeMutableBytes(of: &address) { bytes in
      unsafe bytes.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
      unsafe bytes.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
    }
    return address
  }
}
