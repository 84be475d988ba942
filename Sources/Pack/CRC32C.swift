import CIsal
import Wire

/// The Castagnoli CRC (RFC 3720 §12.1) that guards a block, computed by ISA-L with the processor's own instruction.
enum CRC32C {
  /// The CRC of all `bytes`.
  static func of(_ bytes: RawSpan) -> UInt32 {
    unsafe bytes.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return 0 }
      // The library takes a mutable pointer and only reads.
      let pointer = unsafe UnsafeMutablePointer(mutating: start.assumingMemoryBound(to: UInt8.self))
      return unsafe ~crc32_iscsi(pointer, Int32(buffer.count), 0xFFFF_FFFF)
    }
  }
}
