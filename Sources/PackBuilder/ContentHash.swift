import CCrypto
import Wire

/// A running SHA-256, of which the first 128 bits tell contents apart: entity tags and identical files depend on it.
@safe
package struct ContentHash: ~Copyable {
  private let context: OpaquePointer

  /// The algorithm, looked up once: OpenSSL 3 takes longer to find it than to hash a small file.
  nonisolated(unsafe) private static let algorithm = unsafe EVP_MD_fetch(nil, "SHA256", nil)

  /// The first 128 bits of a SHA-256.
  package struct Digest: Hashable, Sendable, CustomStringConvertible {
    let high: UInt64
    let low: UInt64

    /// 32 hexadecimal digits.
    package var description: String {
      var digits: [UInt8] = []
      digits.reserveCapacity(32)
      for word in [high, low] {
        for shift in stride(from: UInt64(60), through: 0, by: -4) {
          let digit = UInt8(truncatingIfNeeded: word >> shift & 0xF)
          digits.append(digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10))
        }
      }
      return String(decoding: digits, as: UTF8.self)
    }
  }

  /// A hash of nothing so far.
  package init() {
    guard let context = unsafe EVP_MD_CTX_new() else { preconditionFailure("no memory for a hash") }
    unsafe self.context = context
    let isReady = unsafe EVP_DigestInit_ex(context, ContentHash.algorithm, nil) == 1
    precondition(isReady, "every OpenSSL has SHA-256")
  }

  deinit {
    unsafe EVP_MD_CTX_free(context)
  }

  /// Adds bytes.
  package mutating func update(_ bytes: RawSpan) {
    unsafe bytes.withUnsafeBytes { buffer in
      _ = unsafe EVP_DigestUpdate(context, buffer.baseAddress, buffer.count)
    }
  }

  /// The hash of all that was added.
  package consuming func finish() -> Digest {
    var bytes = [UInt8](repeating: 0, count: 64)
    var count: UInt32 = 0
    _ = unsafe EVP_DigestFinal_ex(context, &bytes, &count)
    return Digest(high: bytes.bytes.uint64(at: 0), low: bytes.bytes.uint64(at: 8))
  }
}
