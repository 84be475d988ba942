import Pack
import Wire

/// What libFuzzer calls with each input (https://llvm.org/docs/LibFuzzer.html): a pack in which the input is written over
/// something, read as a server reads it and as `cheetah verify` checks it. It must neither crash nor read outside its
/// blocks nor go on for ever; what it says of the pack is its own affair.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  HostilePack(input).read()
  return 0
}

/// A pack of four blocks, of which an input has spoiled some bytes. Checks are right for what is there, as whoever means
/// harm sees to it: only the parsers stand in the way.
struct HostilePack {
  private static let identity: UInt64 = 0x0102_0304_0506_0708
  private static let kinds: [BlockKind] = [.superblock, .data, .data, .index]

  private var blocks: [[UInt8]]

  /// Writes the input over the pack: pieces of a block's number, a place, a length and so many bytes.
  init(_ input: [UInt8]) {
    blocks = HostilePack.template
    var changed: Set<Int> = []
    var rest = input[...]
    while rest.count > 4 {
      let head = Array(rest.prefix(4))
      rest = rest.dropFirst(4)
      let (number, place) = (Int(head[0] & 3), Int(head[1]) << 8 | Int(head[2]))
      let piece = rest.prefix(Int(head[3]) + 1)
      rest = rest.dropFirst(piece.count)
      changed.insert(number)
      for (offset, byte) in piece.enumerated() where place + offset < BlockGeometry.payloadCount {
        blocks[number][place + offset] = byte
      }
    }
    for number in changed { HostilePack.seal(&blocks[number], number) }
  }

  /// A pack that is right.
  private static let template: [[UInt8]] = {
    var blocks = PackTemplate.blocks(identity)
    for number in blocks.indices { seal(&blocks[number], number) }
    return blocks
  }()

  private static func seal(_ block: inout [UInt8], _ number: Int) {
    PackTemplate.seal(
      &block,
      BlockTrailer(
        kind: kinds[number], number: BlockNumber(UInt32(number)), identity: identity, used: BlockGeometry.payloadCount))
  }

  /// Reads all there is.
  func read() {
    let first = blocks[0]
    guard let superblock = try? Superblock(parsing: first.bytes) else { return }
    for number in 0..<min(superblock.blockCount, 8) {
      guard let block = block(BlockNumber(number)) else { continue }
      _ = try? PackCheck.block(block.bytes, as: BlockNumber(number), of: superblock)
      _ = try? PackCheck.index(block.bytes, as: BlockNumber(number), of: superblock)
    }
    for number in 0..<min(superblock.indexBlockCount, 8) {
      let index = superblock.firstIndexBlock + number
      guard let block = block(index), let count = try? IndexBlock.count(of: block.bytes, index) else { continue }
      _ = IndexBlock.lowerBound(of: PathHash(UInt64(count) << 50), in: block.bytes, count: count)
      // Whatever the count, the first entries are as bad as any.
      for position in 0..<min(count, 64) { read(IndexBlock.entry(position, of: block.bytes), superblock) }
    }
    if let place = superblock.notFound { read(IndexEntry(hash: PathHash(0), record: place), superblock) }
  }

  private func read(_ entry: IndexEntry, _ superblock: Superblock) {
    let group = superblock.group(of: entry)
    precondition(group.count >= 0 && group.end.value <= max(superblock.firstIndexBlock.value, group.first.value))
    guard let block = block(entry.record.block, from: entry.record.offset) else { return }
    _ = try? PackCheck.record(entry, in: block.bytes, of: superblock)
    guard let record = try? Record(parsing: block.bytes, at: entry.record) else { return }
    _ = (block[record.path], block[record.target])
    for index in 0..<record.representationCount {
      guard let form = try? record.representation(index, of: block.bytes, entry.record.block) else { continue }
      let head = block[form.head.offset..<(form.head.offset + form.head.count)]
      for range in [form.head.validators, form.head.entityTag, form.head.content] {
        _ = head[(head.startIndex + range.lowerBound)..<(head.startIndex + range.upperBound)]
      }
      _ = head[head.startIndex + form.head.date + HeadLayout.dateCount - 1]
      _ = head[head.startIndex + form.head.connection + HeadLayout.connectionCount - 1]
      read(form.body, superblock)
    }
  }

  private func read(_ body: BodyLocation, _ superblock: Superblock) {
    _ = body.lastBlock
    var position: UInt64 = 0
    while position < body.count {
      let (number, offset) = body.place(of: position)
      let count = Int(min(UInt64(BlockGeometry.payloadCount - offset), body.count - position))
      guard superblock.kind(of: number) == .data, let block = block(number, from: offset) else { return }
      _ = StoredSums.sum(of: offset..<(offset + count), in: block.bytes)
      position += UInt64(count)
    }
  }

  /// A block as it is read from a byte of it on, with anything before: nil beyond the end of the file.
  private func block(_ number: BlockNumber, from offset: Int = 0) -> [UInt8]? {
    guard number.value < UInt32(blocks.count) else { return nil }
    var block = blocks[Int(number.value)]
    let first = Sector(holding: offset)
    for place in 0..<first.offset { block[place] = 0xEE }
    let trailer = try? BlockTrailer(verifying: block.bytes, from: first, as: number, of: HostilePack.identity)
    return trailer == nil ? nil : block
  }
}

/// A small pack that is right: a file of two forms, a redirect, and an index.
enum PackTemplate {
  /// Its blocks, not yet sealed: superblock, two of data, index.
  static func blocks(_ identity: UInt64) -> [[UInt8]] {
    let superblock = Superblock(
      blockCount: 4, identity: identity, hashSeed: 0, firstIndexBlock: BlockNumber(3), indexBlockCount: 1,
      entryCount: 2, notFound: RecordLocation(block: BlockNumber(1), offset: 0))
    let (data, redirect) = data()
    let (file, other) = (Array("/a".utf8), Array("/b".utf8))
    let entries = [
      IndexEntry(
        hash: PathHash(file.bytes, seed: 0), record: RecordLocation(block: BlockNumber(1), offset: 0),
        reach: GroupReach(before: 0, behind: 1)),
      IndexEntry(
        hash: PathHash(other.bytes, seed: 0), record: RecordLocation(block: BlockNumber(1), offset: redirect)),
    ]
    return [
      block { superblock.write(to: &$0) }, data, block { _ in },
      block { IndexBlock.write(entries.sorted { $0.hash < $1.hash }, to: &$0) },
    ]
  }

  /// Makes the sums and the check of a block right.
  static func seal(_ block: inout [UInt8], _ trailer: BlockTrailer) {
    var memory = ByteArena(byteCount: BlockGeometry.byteCount)
    memory.copy(block, to: 0)
    var span = memory.mutableBytes(at: 0, count: BlockGeometry.byteCount)
    trailer.seal(&span)
    block = bytes(of: memory)
  }

  /// The first block of data, and where in it the redirect stands.
  private static func data() -> (block: [UInt8], redirect: Int) {
    let length = Record.byteCount(representations: 2, path: 2, target: 0)
    let heads = ["", "Content-Encoding: gzip\r\n"].map(head)
    var (forms, place): ([Representation], Int) = ([], length)
    for (index, head) in heads.enumerated() {
      var layout = head.layout
      layout.offset = place
      // The second body runs on into the next block.
      let body = BodyLocation(block: BlockNumber(1), offset: 5_000 + 59_000 * index, count: 5_120)
      forms.append(Representation(coding: index == 0 ? .identity : .gzip, head: layout, body: body, lastModified: 1))
      place += head.text.count
    }
    let (representations, redirect) = (forms, (place + 7) & ~7)
    var bytes = block { span in
      Record.write(.file, path: Array("/a".utf8), representations: representations, to: &span, at: 0)
      Record.write(
        .redirect, path: Array("/b".utf8), target: Array("/a".utf8), representations: [], to: &span, at: redirect)
    }
    bytes.replaceSubrange(length..<place, with: heads.flatMap(\.text))
    return (bytes, redirect)
  }

  /// A stored head (docs/FORMAT.md).
  private static func head(_ coding: String) -> (text: [UInt8], layout: HeadLayout) {
    let front = "HTTP/1.1 200 OK\r\nDate: "
    let date = String(repeating: " ", count: HeadLayout.dateCount) + "\r\nConnection: "
    let connection = String(repeating: " ", count: HeadLayout.connectionCount) + "\r\nContent-Length: 5120\r\n"
    let (tag, rest) = ("ETag: \"ab\"\r\n", "Content-Type: text/plain\r\n\(coding)")
    let validators = front.utf8.count + date.utf8.count + connection.utf8.count
    let content = validators + tag.utf8.count
    let text = Array((front + date + connection + tag + rest).utf8)
    let padding = text.count % 2 == 0 ? "\r\n" : "X: yz\r\n\r\n"
    let layout = HeadLayout(
      offset: 0, count: text.count + padding.utf8.count, date: front.utf8.count,
      connection: front.utf8.count + date.utf8.count, validators: validators..<content,
      entityTag: (validators + 6)..<(validators + 10), content: content..<(text.count + padding.utf8.count - 2))
    return (text + Array(padding.utf8), layout)
  }

  private static func block(_ write: (inout MutableRawSpan) -> Void) -> [UInt8] {
    var memory = ByteArena(byteCount: BlockGeometry.byteCount)
    var span = memory.mutableBytes(at: 0, count: BlockGeometry.byteCount)
    write(&span)
    return bytes(of: memory)
  }

  private static func bytes(of memory: borrowing ByteArena) -> [UInt8] {
    let span = memory.bytes(at: 0, count: BlockGeometry.byteCount)
    return (0..<span.byteCount).map { span.byte(at: $0) }
  }
}

extension [UInt8] {
  /// The elements as raw bytes, as long as the array lives.
  var bytes: RawSpan {
    @_lifetime(borrow self)
    borrowing get { unsafe span.bytes }
  }
}
