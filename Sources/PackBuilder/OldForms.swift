import Pack

/// Coded forms of files in the pack that stood there before: coding is most of the work, and need not be done again for
/// what has not changed.
///
/// A content is known by its SHA-256; names are not trusted. A form is taken only from a pack that was made by the same rule,
/// when its blocks have their checks, its bytes have the hash that is their entity tag, and when it decodes to what has the
/// hash of the file. So it is what coding would make again, and the pack is the same as one made afresh.
struct OldForms: Sendable {
  private struct Form {
    var coding: Representation.Coding
    var digest: String
    var body: BodyLocation
  }

  private let pack: PackFile
  /// The forms of a content, by the digits of its hash: none where none pays.
  private var forms: [String: [Form]] = [:]

  /// The forms in a pack; nil when they were made by another rule.
  init?(in pack: PackFile, madeBy rule: VariantRule) {
    guard !rule.codings.isEmpty, pack.superblock.codingRule == rule.fingerprint else { return nil }
    self.pack = pack
    var records: [RecordLocation] = []
    for number in 0..<pack.superblock.indexBlockCount {
      let index = pack.superblock.firstIndexBlock + number
      guard let block = pack.block(index), let count = try? IndexBlock.count(of: block.bytes, index) else { return nil }
      records += (0..<count).map { IndexBlock.entry($0, of: block.bytes).record }
    }
    records.sort { ($0.block, $0.offset) < ($1.block, $1.offset) }
    var loaded: (number: BlockNumber, bytes: [UInt8])?
    for location in records where pack.superblock.kind(of: location.block) == .data {
      if loaded?.number != location.block { loaded = pack.block(location.block).map { (location.block, $0) } }
      if let loaded { add(location, in: loaded.bytes) }
    }
  }

  /// Takes the forms of a record.
  private mutating func add(_ location: RecordLocation, in block: [UInt8]) {
    guard let record = try? Record(parsing: block.bytes, at: location), record.representationCount > 0 else { return }
    var tags: [String] = []
    var found: [Form] = []
    for index in 0..<record.representationCount {
      guard let form = try? record.representation(index, of: block.bytes, location.block) else { return }
      let tag = form.head.entityTag
      guard tag.count == 34 else { return }
      let digits = block[(form.head.offset + tag.lowerBound + 1)..<(form.head.offset + tag.upperBound - 1)]
      tags.append(String(decoding: digits, as: UTF8.self))
      if index > 0 { found.append(Form(coding: form.coding, digest: tags[index], body: form.body)) }
    }
    // A file without forms tells that none pays only when some were tried.
    if found.isEmpty, OldForms.isCompressed(record, block, location) { return }
    forms[tags[0]] = found
  }

  /// Whether the media type of a record says that nothing was tried.
  private static func isCompressed(_ record: Record, _ block: [UInt8], _ location: RecordLocation) -> Bool {
    guard let head = try? record.representation(0, of: block.bytes, location.block).head else { return true }
    let fields = block[(head.offset + head.content.lowerBound)..<(head.offset + head.content.upperBound)]
    let name = "Content-Type: "
    let line = String(decoding: fields.prefix { $0 != 0x0D }, as: UTF8.self)
    return !line.hasPrefix(name) || MediaTypes.isCompressed(String(line.dropFirst(name.count)))
  }

  /// The forms of a content of so many bytes, when they are known and prove to be what they should.
  func variants(of digest: ContentHash.Digest, count: Int) -> [Variant]? {
    guard let known = forms[digest.description] else { return nil }
    var variants: [Variant] = []
    for form in known {
      guard form.body.count < count, let bytes = pack.content(of: form.body) else { return nil }
      let found = ContentHash.digest(of: bytes)
      guard found.description == form.digest,
        let content = Coder.decode(bytes, as: form.coding, count: count), ContentHash.digest(of: content) == digest
      else { return nil }
      variants.append(Variant(coding: form.coding, digest: found, bytes: bytes))
    }
    return variants
  }
}
