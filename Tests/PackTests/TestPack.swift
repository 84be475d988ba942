import Pack
import TestKit
import Wire

/// A pack in memory, made block by block, so that a test can spoil any byte of it.
struct TestPack {
  /// All blocks, one after the other.
  var bytes: [UInt8]

  static let identity: UInt64 = 0x1122_3344_5566_7788
  static let seed: UInt64 = 7

  /// A pack of one data block, in which stand a file `/a.txt` with the content `content` and a redirect `/b` to `/b/`,
  /// and of one index block.
  /// - Parameter codings: what the forms of the file, which all have one head and one body, are said to be coded in.
  init(content: [UInt8] = Array("hello".utf8), codings: [Representation.Coding] = [.identity]) {
    var data = TestPack.emptyBlock
    let file = TestPack.writeFile("/a.txt", content: content, codings, to: &data, at: 0)
    let redirect = (file + 7) & ~7
    let end = redirect + TestPack.writeRedirect("/b", to: "/b/", in: &data, at: redirect)
    TestPack.seal(&data, .data, 1, used: end)
    var index = TestPack.emptyBlock
    let entries = [TestPack.entry("/a.txt", 0), TestPack.entry("/b", redirect)].sorted { $0.hash < $1.hash }
    index.withMutableRawSpan { IndexBlock.write(entries, to: &$0) }
    TestPack.seal(&index, .index, 2, used: IndexBlock.used(by: 2))
    var first = TestPack.emptyBlock
    first.withMutableRawSpan { TestPack.superblock.write(to: &$0) }
    bytes = first + data + index
  }

  static let superblock = Superblock(
    blockCount: 3, identity: identity, hashSeed: seed, firstIndexBlock: BlockNumber(2), indexBlockCount: 1,
    entryCount: 2, notFound: RecordLocation(block: BlockNumber(1), offset: 0))

  static var emptyBlock: [UInt8] { [UInt8](repeating: 0, count: BlockGeometry.byteCount) }

  static func hash(_ path: String) -> PathHash { PathHash(Array(path.utf8).rawSpan, seed: seed) }

  private static func entry(_ path: String, _ offset: Int) -> IndexEntry {
    IndexEntry(hash: hash(path), record: RecordLocation(block: BlockNumber(1), offset: offset))
  }

  /// Completes a block.
  static func seal(_ block: inout [UInt8], _ kind: BlockKind, _ number: UInt32, used: Int) {
    let trailer = BlockTrailer(kind: kind, number: BlockNumber(number), identity: identity, used: used)
    block.withMutableRawSpan { trailer.seal(&$0) }
  }

  private static func writeFile(
    _ path: String, content: [UInt8], _ codings: [Representation.Coding], to block: inout [UInt8], at offset: Int
  ) -> Int {
    let path = Array(path.utf8)
    let length = Record.byteCount(representations: codings.count, path: path.count, target: 0)
    var head = TestHead(contentLength: content.count)
    head.layout.offset = offset + length
    let start = offset + length + head.bytes.count
    let body = BodyLocation(block: BlockNumber(1), offset: start, count: UInt64(content.count))
    let layout = head.layout
    let forms = codings.map { Representation(coding: $0, head: layout, body: body, lastModified: 784_111_777) }
    block.withMutableRawSpan { span in
      _ = Record.write(.file, path: path, representations: forms, to: &span, at: offset)
    }
    block.replaceSubrange((offset + length)..<start, with: head.bytes)
    block.replaceSubrange(start..<(start + content.count), with: content)
    return start + content.count
  }

  private static func writeRedirect(_ path: String, to target: String, in block: inout [UInt8], at offset: Int) -> Int {
    block.withMutableRawSpan { span in
      Record.write(
        .redirect, path: Array(path.utf8), target: Array(target.utf8), representations: [], to: &span, at: offset)
    }
  }

  /// The bytes of a block.
  func block(_ number: Int) -> [UInt8] {
    Array(bytes[(number * BlockGeometry.byteCount)..<((number + 1) * BlockGeometry.byteCount)])
  }

  /// Puts other bytes in the place of a block.
  mutating func replace(_ number: Int, with block: [UInt8]) {
    bytes.replaceSubrange((number * BlockGeometry.byteCount)..<((number + 1) * BlockGeometry.byteCount), with: block)
  }

  /// Changes a block, and makes its sums and its check those of the changed bytes: only its meaning is wrong.
  mutating func spoil(_ number: Int, _ body: (inout [UInt8]) -> Void) {
    var changed = block(number)
    body(&changed)
    let kind: BlockKind = number == 0 ? .superblock : number == 1 ? .data : .index
    TestPack.seal(&changed, kind, UInt32(number), used: BlockGeometry.payloadCount)
    replace(number, with: changed)
  }
}

/// A stored head as the format wants it.
struct TestHead {
  var bytes: [UInt8] = []
  var layout = HeadLayout(
    offset: 0, count: 0, date: 0, connection: 0, validators: 0..<0, entityTag: 0..<0, content: 0..<0)

  init(contentLength: Int) {
    append("HTTP/1.1 200 OK\r\nDate: ")
    layout.date = bytes.count
    append(String(repeating: " ", count: HeadLayout.dateCount) + "\r\nConnection: ")
    layout.connection = bytes.count
    append(String(repeating: " ", count: HeadLayout.connectionCount) + "\r\nContent-Length: \(contentLength)\r\n")
    let validators = bytes.count
    layout.entityTag = (validators + 6)..<(validators + 10)
    append("ETag: \"ab\"\r\n")
    layout.validators = validators..<bytes.count
    append("Content-Type: text/plain\(bytes.count % 2 == 0 ? "" : " ")\r\n")
    layout.content = layout.validators.upperBound..<bytes.count
    append("\r\n")
    layout.count = bytes.count
  }

  private mutating func append(_ text: String) { bytes += Array(text.utf8) }
}
