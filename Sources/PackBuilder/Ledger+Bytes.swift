import Pack
import SystemPackage
import Wire

/// The file: a magic number, the pack it is about, the site, the summary, the entries, and a hash of all of that. Numbers
/// are little-endian and have 8 bytes.
extension Ledger {
  /// `CHTLEDG2`, as a little-endian number.
  private static let magic: UInt64 = 0x3247_4445_4C54_4843
  private static let entryCount = 40

  /// Reads what was kept beside a pack; nil when there is nothing, it is of another pack, or it is not whole.
  init?(_ path: String, of identity: UInt64) {
    guard let status = try? FileSystem.status(of: path, followsLinks: true), status.kind == .file, status.size >= 32,
      status.size < 1 << 40
    else { return nil }
    var reader = FileReader()
    let split = path.lastIndex(of: "/") ?? path.startIndex
    let file = SiteFile(root: String(path[..<split]), path: String(path[split...]), size: status.size)
    guard let bytes = try? reader.content(of: file) else { return nil }
    self.init(bytes, of: identity)
  }

  /// Reads the bytes of a ledger; nil when they are of another pack, or not whole.
  init?(_ bytes: [UInt8], of identity: UInt64) {
    var fields = LedgerFields(bytes, upTo: bytes.count - 16)
    guard bytes.count >= 32, Ledger.digest(of: bytes) == LedgerFields.digest(bytes, at: bytes.count - 16),
      fields.word() == Ledger.magic, fields.word() == identity,
      let isKnown = fields.word(), let high = fields.word(), let low = fields.word(),
      let summary = BuildSummary(&fields), let count = fields.word(),
      count <= UInt64(bytes.count / Ledger.entryCount), fields.rest == Int(count) * Ledger.entryCount
    else { return nil }
    site = isKnown == 1 ? ContentHash.Digest(high: high, low: low) : nil
    self.summary = summary
    self.bytes = bytes
    start = fields.position
    self.count = Int(count)
  }

  /// An entry, by its number.
  func entry(_ number: Int) -> Entry {
    precondition(number >= 0 && number < count, "no such entry")
    let place = start + number * Ledger.entryCount
    return Entry(
      mark: LedgerFields.digest(bytes, at: place), content: LedgerFields.digest(bytes, at: place + 16),
      position: Int64(bitPattern: bytes.bytes.littleEndianUInt64(at: place + 32)))
  }

  /// The bytes of a ledger.
  static func bytes(
    of identity: UInt64, site: ContentHash.Digest?, _ summary: BuildSummary, _ entries: [Entry]
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(entries.count * entryCount + 1_024)
    for word in [magic, identity, site == nil ? 0 : 1, site?.high ?? 0, site?.low ?? 0] {
      bytes.appendLittleEndian(word)
    }
    summary.append(to: &bytes)
    bytes.appendLittleEndian(UInt64(entries.count))
    for entry in entries.sorted(by: { $0.mark < $1.mark }) {
      bytes.appendLittleEndian(entry.mark)
      bytes.appendLittleEndian(entry.content)
      bytes.appendLittleEndian(UInt64(bitPattern: entry.position))
    }
    var hash = ContentHash()
    hash.update(bytes)
    bytes.appendLittleEndian(hash.finish())
    return bytes
  }

  /// Keeps bytes at a path, in the place of those before when they are complete.
  static func keep(_ bytes: [UInt8], at path: String) throws(BuildError) {
    let temporary = FileSystem.partialPath(of: path)
    do throws(BuildError) {
      let descriptor = try PackTarget.open(temporary, [.create, .exclusiveCreate, .closeOnExec])
      defer { try? descriptor.close() }
      do throws(Errno) {
        try FileSystem.write(bytes.bytes, to: descriptor, at: 0)
      } catch {
        throw .system("write", path, error)
      }
      try FileSystem.rename(temporary, to: path)
    } catch {
      FileSystem.remove(temporary)
      throw error
    }
  }

  private static func digest(of bytes: [UInt8]) -> ContentHash.Digest {
    var hash = ContentHash()
    hash.update(bytes.bytes.extracting(first: bytes.count - 16))
    return hash.finish()
  }
}

/// The fields of a ledger, read one after the other.
struct LedgerFields {
  /// Where the next begins.
  private(set) var position = 0
  private let bytes: [UInt8]
  private let end: Int

  /// The fields in bytes before `end`.
  init(_ bytes: [UInt8], upTo end: Int) {
    self.bytes = bytes
    self.end = end
  }

  /// Bytes that are left.
  var rest: Int { end - position }

  /// A number; nil at the end.
  mutating func word() -> UInt64? {
    guard rest >= 8 else { return nil }
    defer { position += 8 }
    return bytes.bytes.littleEndianUInt64(at: position)
  }

  /// A text behind its length; nil when there is none.
  mutating func text() -> String? {
    guard let count = word(), count <= UInt64(max(rest, 0)) else { return nil }
    defer { position += Int(count) }
    return String(validating: bytes[position..<(position + Int(count))], as: UTF8.self)
  }

  /// The hash at a place, which is there.
  static func digest(_ bytes: [UInt8], at place: Int) -> ContentHash.Digest {
    ContentHash.Digest(
      high: bytes.bytes.littleEndianUInt64(at: place), low: bytes.bytes.littleEndianUInt64(at: place + 8))
  }
}

extension [UInt8] {
  /// Appends a number of 8 bytes.
  mutating func appendLittleEndian(_ word: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) { append(UInt8(truncatingIfNeeded: word >> UInt64(shift))) }
  }

  /// Appends a hash.
  mutating func appendLittleEndian(_ digest: ContentHash.Digest) {
    appendLittleEndian(digest.high)
    appendLittleEndian(digest.low)
  }
}
