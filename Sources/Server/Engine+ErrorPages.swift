import Cache
import HTTP
import Pack
import Stack
import Wire

/// Pages of the site's own for what went wrong.
extension Engine {
  /// The site's own page for what is not there, or a plain one; nil when its block is missing.
  mutating func notFound(
    _ status: Status, _ request: RequestHead, _ text: RawSpan, for id: ConnectionID
  ) -> Composition? {
    guard let page = superblock.notFound else { return .page(status) }
    return errorPage(status, at: page, ofLength: nil, request, text, for: id)
  }

  /// The site's own page for an error, or a plain one; nil when its block is missing.
  /// - Parameters:
  ///   - length: bytes of the file that does not have the range that was asked for.
  ///   - request: what was asked; nil where it could not be read, or not in time.
  mutating func errorPage(
    _ status: Status, ofLength length: UInt64? = nil, _ request: RequestHead?, _ text: RawSpan, for id: ConnectionID
  ) -> Composition? {
    guard let page = superblock.errorPages[status.rawValue] else { return plainPage(status, ofLength: length) }
    return errorPage(status, at: page, ofLength: length, request, text, for: id)
  }

  /// The same for a request that is not understood: no more is known of it than which site is for everybody.
  mutating func errorPage(_ status: Status, for id: ConnectionID) -> Composition? {
    guard sites.turn(to: RawSpan()) else { return .page(status) }
    return errorPage(status, nil, RawSpan(), for: id)
  }

  /// A file of the site as an error page.
  func errorPage(
    _ status: Status, _ record: Record, ofLength length: UInt64? = nil, in block: BlockNumber, _ request: RequestHead?,
    _ text: RawSpan
  ) -> Composition {
    let number = request.map { negotiate(record, in: block, $0, text) } ?? 0
    guard let page = try? record.representation(number, of: cache.payload(of: block), block) else {
      return plainPage(status, ofLength: length)
    }
    return .errorPage(status, page.moved(beside: block), ofLength: length, block)
  }

  private mutating func errorPage(
    _ status: Status, at page: RecordLocation, ofLength length: UInt64?, _ request: RequestHead?, _ text: RawSpan,
    for id: ConnectionID
  ) -> Composition? {
    let location = located(page)
    guard has(location.block, from: location.offset, for: id) else { return nil }
    guard let record = try? Record(parsing: cache.payload(of: location.block), at: location), record.kind == .file
    else {
      return plainPage(status, ofLength: length)
    }
    return errorPage(status, record, ofLength: length, in: location.block, request, text)
  }

  private func plainPage(_ status: Status, ofLength length: UInt64?) -> Composition {
    length.map { .unsatisfied($0) } ?? .page(status)
  }
}
