/// One form of a file: its content in one coding, with the head that goes before it.
package struct Representation: Equatable, Sendable {
  /// How the content is coded (RFC 9110 §8.4.1).
  package enum Coding: UInt8, Sendable, Comparable {
    /// As it is.
    case identity = 0
    /// `gzip`.
    case gzip = 1
    /// `br`.
    case brotli = 2
    /// `zstd`.
    case zstandard = 3

    /// Orders codings as the representations of a record are.
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// Bytes of a representation in a record.
  package static let byteCount = 64
  /// What of it is zero.
  static let reserved = [1..<8, 30..<32, 56..<64]

  /// How the content is coded.
  package var coding: Coding
  /// Where the stored head is.
  package var head: HeadLayout
  /// Where the body begins.
  package var body: BodyLocation
  /// When the file was last changed, in seconds since 1970 (UTC); nil when that is not to be told.
  package var lastModified: Int64?

  /// A representation with these fields.
  package init(coding: Coding, head: HeadLayout, body: BodyLocation, lastModified: Int64?) {
    self.coding = coding
    self.head = head
    self.body = body
    self.lastModified = lastModified
  }
}

/// Where a body lies: from `offset` of a block's payload on, running on at the first byte of the next block's payload.
package struct BodyLocation: Equatable, Sendable {
  /// The block with its first byte.
  package var block: BlockNumber
  /// Its first byte in that payload.
  package var offset: Int
  /// Bytes of it.
  package var count: UInt64

  /// A body at this place.
  package init(block: BlockNumber, offset: Int, count: UInt64) {
    self.block = block
    self.offset = offset
    self.count = count
  }

  /// The block with its last byte; for an empty body that with its place.
  package var lastBlock: BlockNumber { place(of: max(count, 1) - 1).block }

  /// Where the byte at `position` of the body lies.
  package func place(of position: UInt64) -> (block: BlockNumber, offset: Int) {
    let distance = UInt64(offset) + position
    let (blocks, rest) = distance.quotientAndRemainder(dividingBy: UInt64(BlockGeometry.payloadCount))
    return (block + UInt32(truncatingIfNeeded: blocks), Int(rest))
  }
}

/// Where a stored head lies, and where in it what is. Offsets count from the head's first byte.
package struct HeadLayout: Equatable, Sendable {
  /// Its first byte in the payload of the record's block, which holds all of it, behind the representation.
  package var offset: Int
  /// Bytes of it, even.
  package var count: Int
  /// Where the 29 bytes of the Date field's value are to be filled in.
  package var date: Int
  /// Where the 10 bytes of the Connection field's value are to be filled in.
  package var connection: Int
  /// The fields that a 304 sends as well: ETag, Last-Modified, Cache-Control, Vary, and the site's own.
  package var validators: Range<Int>
  /// The value of the ETag field, quotes included.
  package var entityTag: Range<Int>
  /// The fields that describe the content: Content-Type, Content-Encoding, Accept-Ranges.
  package var content: Range<Int>

  /// Bytes of the longest head: what is sent with a range or another status is composed of its parts, and a little longer.
  package static let longest = 896
  /// Bytes of the Date field's value (RFC 9110 §5.6.7).
  package static let dateCount = 29
  /// Bytes of the Connection field's value: `keep-alive`, or `close` and five spaces.
  package static let connectionCount = 10

  /// A head laid out like this.
  package init(
    offset: Int, count: Int, date: Int, connection: Int, validators: Range<Int>,
    entityTag: Range<Int>, content: Range<Int>
  ) {
    self.offset = offset
    self.count = count
    self.date = date
    self.connection = connection
    self.validators = validators
    self.entityTag = entityTag
    self.content = content
  }
}
