import Wire

/// An entry of the index: under this hash stands a record there.
package struct IndexEntry: Equatable, Sendable {
  /// The hash of the path.
  package var hash: PathHash
  /// Where the record is. It holds the path, so that two paths of one hash can be told apart.
  package var record: RecordLocation
  /// Which blocks about that of the record are best read with it.
  package var reach: GroupReach

  /// Bytes of an entry.
  package static let byteCount = 16

  /// An entry with these fields.
  package init(hash: PathHash, record: RecordLocation, reach: GroupReach = .alone) {
    self.hash = hash
    self.record = record
    self.reach = reach
  }

  /// Reads the entry that stands at an offset of a payload.
  init(parsing bytes: RawSpan, at offset: Int) {
    hash = PathHash(bytes.littleEndianUInt64(at: offset))
    record = RecordLocation(
      block: BlockNumber(bytes.littleEndianUInt32(at: offset + 8)),
      offset: Int(bytes.littleEndianUInt16(at: offset + 12)) * RecordLocation.alignment)
    reach = GroupReach(before: bytes.byte(at: offset + 14), behind: bytes.byte(at: offset + 15))
  }

  /// Writes the entry to an offset of a payload.
  func write(to bytes: inout MutableRawSpan, at offset: Int) {
    precondition(record.offset % RecordLocation.alignment == 0, "records are aligned")
    bytes.storeLittleEndian(hash.value, at: offset)
    bytes.storeLittleEndian(record.block.value, at: offset + 8)
    bytes.storeLittleEndian(UInt16(record.offset / RecordLocation.alignment), at: offset + 12)
    bytes.store(reach.before, at: offset + 14)
    bytes.store(reach.behind, at: offset + 15)
  }
}
