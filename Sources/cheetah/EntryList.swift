import Pack

/// The entries of an index, 16 bytes each, in the order of their records.
struct EntryList: RandomAccessCollection, Sendable {
  /// An entry as it is kept: its place in one number, by which entries are ordered.
  struct Packed: Sendable {
    /// The hash of the path.
    let hash: UInt64
    /// The block of the record, its offset in units of its alignment, and the reach of its group to both sides.
    let place: UInt64

    /// An entry, packed.
    init(_ entry: IndexEntry) {
      hash = entry.hash.value
      place =
        UInt64(entry.record.block.value) << 32 | UInt64(entry.record.offset / RecordLocation.alignment) << 16
        | UInt64(entry.reach.before) << 8 | UInt64(entry.reach.behind)
    }

    /// The block of the record.
    var block: UInt32 { UInt32(place >> 32) }

    /// The entry.
    var entry: IndexEntry {
      let offset = Int(place >> 16 & 0xFFFF) * RecordLocation.alignment
      let reach = GroupReach(before: UInt8(place >> 8 & 0xFF), behind: UInt8(place & 0xFF))
      return IndexEntry(
        hash: PathHash(hash), record: RecordLocation(block: BlockNumber(block), offset: offset), reach: reach)
    }
  }

  private let entries: [Packed]

  /// Puts entries in order: they are dealt out by their blocks, and those of each block sorted.
  /// - Parameter end: the block behind the last that has records.
  init(_ unordered: [Packed], end: UInt32) {
    // Where the entries of each block begin, one place further.
    var starts = [Int](repeating: 0, count: Int(end) + 1)
    for entry in unordered { starts[Int(entry.block) + 1] += 1 }
    for block in 0..<Int(end) { starts[block + 1] += starts[block] }
    var entries = unordered
    var places = starts
    for entry in unordered {
      entries[places[Int(entry.block)]] = entry
      places[Int(entry.block)] += 1
    }
    for block in 0..<Int(end) where starts[block + 1] - starts[block] > 1 {
      entries[starts[block]..<starts[block + 1]].sort { $0.place < $1.place }
    }
    self.entries = entries
  }

  /// Whether there is an entry for a record at a place.
  func contains(_ place: RecordLocation) -> Bool { contains { $0.record == place } }

  var startIndex: Int { 0 }
  var endIndex: Int { entries.count }
  subscript(number: Int) -> IndexEntry { entries[number].entry }
}
