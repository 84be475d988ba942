import Wire

extension Record {
  /// Writes a record.
  /// - Parameters:
  ///   - kind: what is at the path.
  ///   - path: the path's bytes.
  ///   - target: the reference to ask for instead, and field lines behind it as the format has them; empty for a file.
  ///   - status: that of a redirect.
  ///   - representations: in order of preference; the first is the identity.
  ///   - offset: where in the payload, a multiple of 8.
  /// - Returns: bytes written, as `byteCount` says.
  @discardableResult
  package static func write(
    _ kind: Kind, path: [UInt8], target: [UInt8] = [], status: UInt16 = 301, representations: [Representation],
    to block: inout MutableRawSpan, at offset: Int
  ) -> Int {
    precondition(offset & 7 == 0, "records are aligned")
    let length = byteCount(representations: representations.count, path: path.count, target: target.count)
    block.storeLittleEndian(magic, at: offset)
    block.storeLittleEndian(UInt32(length), at: offset + 4)
    block.storeLittleEndian(kind.rawValue, at: offset + 8)
    block.storeLittleEndian(UInt16(path.count), at: offset + 10)
    block.storeLittleEndian(UInt16(target.count), at: offset + 12)
    block.storeLittleEndian(kind == .file ? UInt16(representations.count) : status, at: offset + 14)
    var position = offset + headerCount
    for representation in representations {
      representation.write(to: &block, at: position)
      position += Representation.byteCount
    }
    for byte in path + target {
      block.store(byte, at: position)
      position += 1
    }
    while position < offset + length {
      block.store(0 as UInt8, at: position)
      position += 1
    }
    return length
  }
}
