import Wire

extension Representation {
  /// Reads a representation; the caller has made sure that it lies inside the payload.
  init(parsing bytes: RawSpan, at offset: Int, _ number: BlockNumber) throws(PackError) {
    let error = PackError.malformed(number, offset: offset)
    guard let coding = Coding(rawValue: bytes.byte(at: offset)) else { throw error }
    let modified = Int64(bitPattern: bytes.littleEndianUInt64(at: offset + 48))
    self.coding = coding
    self.head = try HeadLayout(parsing: bytes, at: offset, error)
    self.body = BodyLocation(
      block: BlockNumber(bytes.littleEndianUInt32(at: offset + 32)),
      offset: Int(bytes.littleEndianUInt32(at: offset + 36)), count: bytes.littleEndianUInt64(at: offset + 40))
    self.lastModified = modified == .min ? nil : modified
    // A body that would run past the highest block number must not wrap around to the first.
    let behind = body.count / UInt64(BlockGeometry.payloadCount) + UInt64(body.block.value) + 2
    guard body.offset < BlockGeometry.payloadCount, behind <= UInt64(BlockGeometry.largestBlockCount) else {
      throw error
    }
  }

  /// Writes the representation at `offset`.
  func write(to bytes: inout MutableRawSpan, at offset: Int) {
    bytes.storeLittleEndian(UInt64(coding.rawValue), at: offset)
    head.write(to: &bytes, at: offset)
    bytes.storeLittleEndian(body.block.value, at: offset + 32)
    bytes.storeLittleEndian(UInt32(body.offset), at: offset + 36)
    bytes.storeLittleEndian(body.count, at: offset + 40)
    bytes.storeLittleEndian(UInt64(bitPattern: lastModified ?? .min), at: offset + 48)
    bytes.storeLittleEndian(0 as UInt64, at: offset + 56)
  }
}

extension HeadLayout {
  /// Reads the layout of a head out of a representation.
  init(parsing bytes: RawSpan, at offset: Int, _ error: PackError) throws(PackError) {
    func number(_ position: Int) -> Int { Int(bytes.littleEndianUInt16(at: offset + position)) }
    self.offset = Int(bytes.littleEndianUInt32(at: offset + 8))
    count = number(12)
    date = number(14)
    connection = number(16)
    let bounds = (number(18), number(20), number(22), number(24), number(26), number(28))
    guard bounds.0 <= bounds.2, bounds.2 <= bounds.3, bounds.3 <= bounds.1, bounds.1 <= bounds.4,
      bounds.4 <= bounds.5, bounds.5 <= count, date + HeadLayout.dateCount <= count,
      connection + HeadLayout.connectionCount <= count, count & 1 == 0, count <= HeadLayout.longest,
      self.offset >= offset + Representation.byteCount, self.offset + count <= BlockGeometry.payloadCount
    else { throw error }
    validators = bounds.0..<bounds.1
    entityTag = bounds.2..<bounds.3
    content = bounds.4..<bounds.5
  }

  /// Writes the layout into a representation.
  func write(to bytes: inout MutableRawSpan, at offset: Int) {
    bytes.storeLittleEndian(UInt32(self.offset), at: offset + 8)
    let numbers = [
      count, date, connection, validators.lowerBound, validators.upperBound, entityTag.lowerBound,
      entityTag.upperBound, content.lowerBound, content.upperBound, 0,
    ]
    for (index, number) in numbers.enumerated() {
      bytes.storeLittleEndian(UInt16(number), at: offset + 12 + 2 * index)
    }
  }
}
