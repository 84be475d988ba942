import HTTP
import Pack
import Wire

/// Composes heads out of what the pack has stored and what only the moment knows.
struct Composer: ~Copyable, ~Escapable {
  private var writer: HeadWriter
  private let date: RawSpan
  private let keepsAlive: Bool
  private let hasBody: Bool

  /// Composes in `memory`.
  /// - Parameters:
  ///   - date: the 29 bytes of the present date.
  ///   - keepsAlive: whether another request may follow.
  ///   - hasBody: false in answer to HEAD.
  @_lifetime(copy memory, copy date)
  init(_ memory: consuming MutableRawSpan, date: RawSpan, keepsAlive: Bool, hasBody: Bool) {
    self.writer = HeadWriter(memory)
    self.date = date
    self.keepsAlive = keepsAlive
    self.hasBody = hasBody
  }

  /// Bytes composed; nil when they did not fit.
  var count: Int? { writer.isOverflown ? nil : writer.count }

  /// The head of a file.
  mutating func file(_ representation: Representation, _ selection: Selection, in block: RawSpan) {
    let head = representation.head
    let stored = representation.storedHead(in: block)
    switch selection {
    case .whole:
      writer.append(stored)
      writer.replace(at: head.date, with: date)
      let connection: StaticString = keepsAlive ? "keep-alive" : "close     "
      writer.replace(at: head.connection, with: connection.bytes)
    case .part(let range):
      writer.begin(.partialContent, date: date, keepsAlive: keepsAlive)
      writer.contentLength(range.upperBound - range.lowerBound)
      writer.contentRange(range, of: representation.body.count)
      writer.append(stored.extracting(head.validators))
      writer.append(stored.extracting(head.content))
      writer.end()
    case .notModified:
      writer.begin(.notModified, date: date, keepsAlive: keepsAlive)
      writer.append(stored.extracting(head.validators))
      writer.end()
    }
  }

  /// The head before several parts of a file. What describes their content stands with each of them.
  mutating func parts(_ representation: Representation, length: UInt64, in block: RawSpan) {
    let stored = representation.storedHead(in: block)
    writer.begin(.partialContent, date: date, keepsAlive: keepsAlive)
    writer.contentLength(length)
    writer.partsType(boundary: boundary(of: representation, stored))
    writer.append(stored.extracting(representation.head.validators))
    writer.append(.notOfContent, of: stored.extracting(representation.head.content))
    writer.end()
  }

  /// What stands before one of several parts.
  mutating func part(_ representation: Representation, _ range: Range<UInt64>, in block: RawSpan) {
    let stored = representation.storedHead(in: block)
    writer.delimiter(boundary(of: representation, stored))
    writer.append(.ofContent, of: stored.extracting(representation.head.content))
    writer.contentRange(range, of: representation.body.count)
    writer.end()
  }

  /// What stands behind the last of several parts.
  mutating func lastPart(_ representation: Representation, in block: RawSpan) {
    writer.lastDelimiter(boundary(of: representation, representation.storedHead(in: block)))
  }

  /// What stands between the parts; nothing in a file whose tag cannot, which is never sent in parts.
  @_lifetime(copy stored)
  private func boundary(of representation: Representation, _ stored: RawSpan) -> RawSpan {
    guard let boundary = EntityTag.boundary(stored.extracting(representation.head.entityTag)) else { return RawSpan() }
    return boundary
  }

  /// The head of a page of the site's own with an error.
  /// - Parameter length: bytes of the file that does not have the range that was asked for.
  mutating func errorPage(_ status: Status, _ page: Representation, ofLength length: UInt64?, in block: RawSpan) {
    let stored = page.storedHead(in: block)
    writer.begin(status, date: date, keepsAlive: keepsAlive)
    if status == .methodNotAllowed { writer.allow() }
    if let length { writer.unsatisfiedRange(of: length) }
    writer.contentLength(page.body.count)
    writer.append(.notValidators, of: stored.extracting(page.head.validators))
    writer.append(stored.extracting(page.head.content))
    writer.end()
  }

  /// A redirect to another place, with the query that was asked with and the site's own fields.
  mutating func redirect(
    _ status: Status, to reference: RawSpan, fields: RawSpan, query: RawSpan, hasQuery: Bool
  ) {
    writer.begin(status, date: date, keepsAlive: keepsAlive)
    writer.location(reference, query: query, hasQuery: hasQuery)
    writer.append(fields)
    writer.page(status, hasBody: hasBody)
  }

  /// The answer to a range that a file of `length` bytes does not have.
  mutating func unsatisfied(_ length: UInt64) {
    writer.begin(.rangeNotSatisfiable, date: date, keepsAlive: keepsAlive)
    writer.unsatisfiedRange(of: length)
    writer.page(.rangeNotSatisfiable, hasBody: hasBody)
  }

  /// A status and a page that says it.
  mutating func page(_ status: Status) {
    writer.begin(status, date: date, keepsAlive: keepsAlive)
    if status == .methodNotAllowed || status == .noContent { writer.allow() }
    if status == .noContent { writer.end() } else { writer.page(status, hasBody: hasBody) }
  }
}

extension Representation {
  /// The bytes of the stored head, in the payload of its block.
  @_lifetime(copy block)
  func storedHead(in block: RawSpan) -> RawSpan {
    block.extracting(head.offset..<(head.offset + head.count))
  }
}
