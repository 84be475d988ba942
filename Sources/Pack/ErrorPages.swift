import Wire

/// The pages of a site for statuses that are errors, by status. A server knows them with the superblock.
package struct ErrorPages: Equatable, Sendable {
  /// The most there may be.
  package static let capacity = 16
  /// The statuses that a page may be for: 4xx and 5xx.
  package static let statuses: ClosedRange<UInt16> = 400...599
  static let byteCount = capacity * 8

  /// A page: its status, 0 where there is none, and where its record stands, the offset in units of 8 bytes.
  private struct Entry: Equatable {
    var status: UInt16 = 0
    var offset: UInt16 = 0
    var block: UInt32 = 0
  }

  private var entries: [16 of Entry] = .init(repeating: Entry())

  /// None.
  package init() {}

  /// Reads them from the payload of a first block.
  init(parsing block: RawSpan, at start: Int) {
    for place in 0..<ErrorPages.capacity {
      let offset = start + 8 * place
      entries[place] = Entry(
        status: block.littleEndianUInt16(at: offset), offset: block.littleEndianUInt16(at: offset + 2),
        block: block.littleEndianUInt32(at: offset + 4))
    }
  }

  /// Writes them.
  func write(to block: inout MutableRawSpan, at start: Int) {
    for place in 0..<ErrorPages.capacity {
      let (entry, offset) = (entries[place], start + 8 * place)
      block.storeLittleEndian(entry.status, at: offset)
      block.storeLittleEndian(entry.offset, at: offset + 2)
      block.storeLittleEndian(entry.block, at: offset + 4)
    }
  }

  /// Where the record of the page for a status stands; nil where there is none.
  package subscript(status: UInt16) -> RecordLocation? {
    for place in 0..<ErrorPages.capacity where entries[place].status == status && status > 0 {
      return location(place)
    }
    return nil
  }

  /// Adds a page for a status that has none.
  /// - Returns: false, with nothing changed, where there is no place.
  package mutating func insert(_ location: RecordLocation, for status: UInt16) -> Bool {
    for place in 0..<ErrorPages.capacity where entries[place].status == 0 {
      entries[place] = Entry(
        status: status, offset: UInt16(location.offset / RecordLocation.alignment), block: location.block.value)
      return true
    }
    return false
  }

  /// All of them, in order.
  package var all: [(status: UInt16, location: RecordLocation)] {
    (0..<ErrorPages.capacity).filter { entries[$0].status > 0 }.map { (entries[$0].status, location($0)) }
  }

  /// Whether each is for an error, and in a block of data.
  func isValid(before firstIndexBlock: BlockNumber) -> Bool {
    all.allSatisfy { page in
      ErrorPages.statuses.contains(page.status) && page.location.block.value > 0
        && page.location.block < firstIndexBlock
    }
  }

  private func location(_ place: Int) -> RecordLocation {
    RecordLocation(
      block: BlockNumber(entries[place].block), offset: Int(entries[place].offset) * RecordLocation.alignment)
  }

  /// Compares them place by place.
  package static func == (left: ErrorPages, right: ErrorPages) -> Bool {
    for place in 0..<ErrorPages.capacity where left.entries[place] != right.entries[place] { return false }
    return true
  }
}
