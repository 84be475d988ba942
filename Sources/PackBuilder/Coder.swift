import CBrotli
import CDeflate
import CZstd
package import Pack

/// Content codings (RFC 9110 §8.4.1), by the libraries of those who invented them, at the level that makes the least.
package enum Coder {
  /// gzip's level in libdeflate, which looks as hard as zopfli for the shortest, and takes a hundredth of the time.
  private static let gzipLevel: Int32 = 12
  private static let brotliQuality: Int32 = 11
  /// The last level whose window is 8 MiB, which is as much as a client has to have (RFC 9659 §3).
  private static let zstandardLevel: Int32 = 19

  /// Changes whenever the same bytes might be coded in another way: with the libraries and with the levels.
  static var fingerprint: String {
    let libraries = unsafe [
      LIBDEFLATE_VERSION_STRING, String(BrotliEncoderVersion()), String(cString: ZSTD_versionString()),
    ]
    return (libraries + ["\(gzipLevel)", "\(brotliQuality)", "\(zstandardLevel)"]).joined(separator: " ")
  }

  /// Codes bytes; nil when that makes them longer, or there is no memory for it.
  static func encode(_ bytes: [UInt8], as coding: Representation.Coding) -> [UInt8]? {
    switch coding {
    case .identity: bytes
    case .gzip: gzip(bytes, level: gzipLevel)
    case .brotli: brotli(bytes)
    case .zstandard: zstandard(bytes)
    }
  }

  /// Whether a quick look finds anything to be saved: for what nobody can shorten, the slow ways are not worth the time.
  static func isWorthCoding(_ bytes: [UInt8]) -> Bool {
    guard let quick = gzip(bytes, level: 1) else { return false }
    return quick.count < bytes.count - bytes.count / 20
  }

  /// Undoes `encode`; nil when the bytes are none that it made of so many.
  package static func decode(_ bytes: [UInt8], as coding: Representation.Coding, count: Int) -> [UInt8]? {
    switch coding {
    case .identity: bytes.count == count ? bytes : nil
    case .gzip: gunzip(bytes, count)
    case .brotli:
      unsafe output(count) { target, capacity in
        var size = capacity
        let result = unsafe BrotliDecoderDecompress(bytes.count, bytes, &size, target)
        return result == BROTLI_DECODER_RESULT_SUCCESS && size == count ? size : nil
      }
    case .zstandard:
      unsafe output(count) { target, capacity in
        unsafe ZSTD_decompress(target, capacity, bytes, bytes.count) == count ? count : nil
      }
    }
  }

  private static func gzip(_ bytes: [UInt8], level: Int32) -> [UInt8]? {
    guard let compressor = unsafe libdeflate_alloc_compressor(level) else { return nil }
    defer { unsafe libdeflate_free_compressor(compressor) }
    return unsafe output(bytes.count) { target, capacity in
      let size = unsafe libdeflate_gzip_compress(compressor, bytes, bytes.count, target, capacity)
      return size > 0 ? size : nil
    }
  }

  private static func gunzip(_ bytes: [UInt8], _ count: Int) -> [UInt8]? {
    guard let decompressor = unsafe libdeflate_alloc_decompressor() else { return nil }
    defer { unsafe libdeflate_free_decompressor(decompressor) }
    return unsafe output(count) { target, capacity in
      let result = unsafe libdeflate_gzip_decompress(decompressor, bytes, bytes.count, target, capacity, nil)
      return result == LIBDEFLATE_SUCCESS ? count : nil
    }
  }

  private static func brotli(_ bytes: [UInt8]) -> [UInt8]? {
    unsafe output(bytes.count) { target, capacity in
      var size = capacity
      let isDone = unsafe BrotliEncoderCompress(
        brotliQuality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_GENERIC, bytes.count, bytes, &size, target)
      return isDone == BROTLI_TRUE ? size : nil
    }
  }

  private static func zstandard(_ bytes: [UInt8]) -> [UInt8]? {
    unsafe output(bytes.count) { target, capacity in
      let size = unsafe ZSTD_compress(target, capacity, bytes, bytes.count, zstandardLevel)
      return ZSTD_isError(size) == 0 ? size : nil
    }
  }

  /// Bytes that a library writes to memory of a limited size; nil when it says that it did not.
  private static func output(_ capacity: Int, _ body: (UnsafeMutablePointer<UInt8>?, Int) -> Int?) -> [UInt8]? {
    var isDone = true
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      let size = unsafe body(buffer.baseAddress, capacity)
      isDone = size != nil
      count = size ?? 0
    }
    return isDone ? bytes : nil
  }
}
