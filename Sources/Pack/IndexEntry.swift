/// An entry of the index: under this hash stands a record there.
package struct IndexEntry: Equatable, Sendable {
  /// The hash of the path.
  package var hash: PathHash
  /// Where the record is. It holds the path, so that two paths of one hash can be told apart.
  package var record: RecordLocation

  /// Bytes of an entry.
  package static let byteCount = 16

  /// An entry with these fields.
  package init(hash: PathHash, record: RecordLocation) {
    self.hash = hash
    self.record = record
  }
}
