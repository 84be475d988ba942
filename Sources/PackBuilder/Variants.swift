import Pack

/// A coded form of a file's content, made when it was read.
struct Variant: Sendable {
  /// How it is coded.
  var coding: Representation.Coding
  /// The first 128 bits of the SHA-256 of its bytes.
  var digest: ContentHash.Digest
  /// The bytes.
  var bytes: [UInt8]
}

/// Which coded forms of a file are kept.
package struct VariantRule: Sendable, Equatable {
  /// The codings that are tried.
  let codings: Set<Representation.Coding>

  /// Bytes of the largest file that is coded: it is held in memory whole, once for each thread.
  package static let largestFile: UInt64 = 32 << 20
  /// Bytes that a variant must save at least, about as many as its own record and head take.
  static let leastSaving = 512

  /// Whether a coded form of so many bytes, of a file of so many, may be held in memory to be decoded. What is larger was
  /// not made by this rule: each form is shorter than its file.
  package static func allows(form: UInt64, of file: UInt64) -> Bool { max(form, file) <= largestFile }

  /// The rule of a build.
  init(_ options: BuildOptions) {
    codings = Set(options.codings).subtracting([.identity])
  }

  /// Changes with everything on which it depends which forms there are, and what is in them; 0 for none.
  var fingerprint: UInt64 {
    var hash = ContentHash()
    let names = codings.map { "\($0.rawValue)" }.sorted().joined(separator: " ")
    for part in [Coder.fingerprint, MediaTypes.compressionFingerprint, names] { hash.add(Array(part.utf8)) }
    hash.add(Array("\(VariantRule.largestFile) \(VariantRule.leastSaving) a tenth".utf8))
    return codings.isEmpty ? 0 : hash.finish().high | 1
  }

  /// Whether a file of this type is looked at at all.
  func applies(to file: SiteFile, type: String) -> Bool {
    !codings.isEmpty && file.size > UInt64(VariantRule.leastSaving) && file.size <= VariantRule.largestFile
      && !MediaTypes.isCompressed(type)
  }

  /// The forms that pay, in the order of their codings: each saves at least a tenth, and `leastSaving`.
  func variants(of content: [UInt8]) -> [Variant] {
    guard Coder.isWorthCoding(content) else { return [] }
    return codings.sorted { $0.rawValue < $1.rawValue }.compactMap { coding in
      guard let bytes = Coder.encode(content, as: coding), VariantRule.pays(bytes.count, of: content.count) else {
        return nil
      }
      var hash = ContentHash()
      hash.update(bytes.bytes)
      return Variant(coding: coding, digest: hash.finish(), bytes: bytes)
    }
  }

  /// Whether so many bytes are enough fewer.
  private static func pays(_ count: Int, of whole: Int) -> Bool {
    count + max(leastSaving, whole / 10) <= whole
  }
}
