import Wire

/// What a pack knows of one path: a few numbers that stand before the head and the body they describe.
///
/// A record is read where it lies; nothing is copied. Its ranges are checked when it is parsed, so that reading its parts
/// cannot lead outside the payload.
package struct Record: Equatable, Sendable {
  /// What is at the path.
  package enum Kind: UInt16, Sendable {
    /// Something to be sent.
    case file = 0
    /// Another place to ask at.
    case redirect = 1
  }

  /// Bytes before the representations.
  static let headerCount = 16
  static let magic: UInt32 = 0x4452_4348
  /// The most representations of a file: one for each coding.
  package static let largestRepresentationCount = 4

  /// What is at the path.
  package let kind: Kind
  /// Where in the payload the path's bytes are.
  package let path: Range<Int>
  /// Where in the payload the reference to ask for is; empty for a file.
  package let target: Range<Int>
  /// Where in the payload the field lines of a redirect's response are, each with its end.
  package let fields: Range<Int>
  /// The status of a redirect's response; 0 for a file.
  package let status: UInt16
  /// How many representations there are: at least one for a file, none for a redirect.
  package let representationCount: Int
  private let firstRepresentation: Int

  /// Reads a record.
  /// - Parameters:
  ///   - block: a verified block of data, at least its payload.
  ///   - location: where the record should be.
  /// - Throws: `malformed`.
  package init(parsing block: RawSpan, at location: RecordLocation) throws(PackError) {
    let start = location.offset
    let error = PackError.malformed(location.block, offset: start)
    guard block.byteCount >= BlockGeometry.payloadCount,
      start & 7 == 0, start >= 0, start <= BlockGeometry.payloadCount - Record.headerCount,
      block.littleEndianUInt32(at: start) == Record.magic,
      let kind = Kind(rawValue: block.littleEndianUInt16(at: start + 8))
    else { throw error }
    let length = Int(block.littleEndianUInt32(at: start + 4))
    let pathCount = Int(block.littleEndianUInt16(at: start + 10))
    let targetCount = Int(block.littleEndianUInt16(at: start + 12))
    let number = block.littleEndianUInt16(at: start + 14)
    let representations = kind == .file ? Int(number) : 0
    let pathStart = start + Record.headerCount + representations * Representation.byteCount
    let end = pathStart + pathCount + targetCount
    guard end <= start + length, start + length <= BlockGeometry.payloadCount,
      representations <= Record.largestRepresentationCount,
      (kind == .file) == (representations > 0), (kind == .redirect) == (targetCount > 0), pathCount > 0,
      kind == .file || (300...399).contains(number)
    else { throw error }
    self.kind = kind
    self.path = pathStart..<(pathStart + pathCount)
    // The fields begin behind the first end of a line.
    var targetEnd = pathStart + pathCount
    while targetEnd < end, block.byte(at: targetEnd) != 0x0D { targetEnd += 1 }
    self.target = (pathStart + pathCount)..<targetEnd
    self.fields = min(targetEnd + 2, end)..<end
    self.status = kind == .file ? 0 : number
    self.representationCount = representations
    self.firstRepresentation = start + Record.headerCount
  }

  /// Reads a representation, 0 to `representationCount - 1`.
  /// - Throws: `malformed`.
  package func representation(
    _ index: Int, of block: RawSpan, _ number: BlockNumber
  ) throws(PackError) -> Representation {
    precondition(index >= 0 && index < representationCount, "no such representation")
    return try Representation(parsing: block, at: firstRepresentation + index * Representation.byteCount, number)
  }

  /// What is zero in a representation.
  func reserved(of index: Int) -> [Range<Int>] {
    let start = firstRepresentation + index * Representation.byteCount
    return Representation.reserved.map { (start + $0.lowerBound)..<(start + $0.upperBound) }
  }

  /// Bytes that a record of these parts takes, a multiple of 8.
  package static func byteCount(representations: Int, path: Int, target: Int) -> Int {
    (headerCount + representations * Representation.byteCount + path + target + 7) & ~7
  }
}
