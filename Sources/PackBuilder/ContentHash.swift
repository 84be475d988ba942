import CCrypto

/// A running SHA-256, of which the first 128 bits tell contents apart: entity tags and identical files depend on it.
@safe
package struct ContentHash: ~Copyable {
  private let context: OpaquePointer

  /// The first 128 bits of a SHA-256.
  package struct Digest: Hashable, Sendable, CustomStringConvertible {
    let high: UInt64
    let low: UInt64

    /// 32 hexadecimal digits.
    package var description: String { Digest.digits(high) + Digest.digits(low) }

    private static func digits(_ number: UInt64) -> String {
      let digits = String(number, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
  }

  /// A hash of nothing so far.
  package init() {
    guard let context = unsafe EVP_MD_CTX_new() else { preconditionFailure("no memory for a hash") }
    unsafe self.context = context
    let isReady = unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
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
    let words = stride(from: 0, to: 16, by: 8).map { start in
      bytes[start..<(start + 8)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }
    return Digest(high: words[0], low: words[1])
  }
}
