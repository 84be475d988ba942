import Cache
import HTTP
import Pack
import Stack
import Wire

/// Rules of the site for paths that are not there.
extension Engine {
  /// Bytes of the longest path or reference that a rule may make; beyond it 414.
  static let longestRuledPath = 512

  /// What a rule makes of a path.
  private enum Ruling {
    /// No rule fits.
    case none
    /// What it makes is too long, or no status that can be.
    case failed(Status)
    /// This status, and so many bytes in `ruledPath`.
    case made(Status, count: Int)
  }

  /// What the first rule that fits says to a path that is not there; nil when a block is missing.
  mutating func ruled(
    _ request: RequestHead, _ text: RawSpan, path: RawSpan, for id: ConnectionID
  ) -> Composition? {
    guard let rules = superblock.rules else { return notFound(.notFound, request, text, for: id) }
    let table = located(rules)
    guard has(table.block, from: table.offset, for: id) else { return nil }
    guard var memory = ruledPath.take() else { return .page(.internalServerError) }
    let ruling = rule(on: path, by: table, &memory)
    let composition: Composition?
    switch ruling {
    case .none: composition = notFound(.notFound, request, text, for: id)
    case .failed(let status): composition = .page(status)
    case .made(let status, let count) where status.isRedirect:
      composition = .ruledRedirect(status, count: count, table)
    case .made(let status, let count):
      composition = content(of: memory.bytes(at: 0, count: count), as: status, request, text, for: id)
    }
    ruledPath = consume memory
    return composition
  }

  /// Finds the rule for a path, and makes what it says.
  private func rule(on path: RawSpan, by location: RecordLocation, _ memory: inout ByteArena) -> Ruling {
    guard var table = try? RuleTable(parsing: cache.payload(of: location.block), at: location) else {
      return .failed(.internalServerError)
    }
    while true {
      guard let rule = try? table.next() else { return .none }
      guard let captures = PathTemplate.match(path, rule.pattern) else { continue }
      guard let status = Status(rawValue: rule.status) else { return .failed(.internalServerError) }
      var writer = HeadWriter(memory.mutableBytes(at: 0, count: Engine.longestRuledPath))
      writer.append(rule.template, captures, of: path, isReference: status.isRedirect)
      return writer.isOverflown ? .failed(.uriTooLong) : .made(status, count: writer.count)
    }
  }

  /// The content of another path: as if it had been asked for, or as an error page.
  private mutating func content(
    of path: RawSpan, as status: Status, _ request: RequestHead, _ text: RawSpan, for id: ConnectionID
  ) -> Composition? {
    switch find(path, for: id) {
    case .waiting: return nil
    case .corrupt: return .page(.internalServerError)
    case .nothing: return notFound(status == .ok ? .notFound : status, request, text, for: id)
    case .found(let record, let block):
      guard status != .ok, record.kind == .file else { return answer(record, in: block, request, text) }
      return errorPage(status, record, in: block, request, text)
    }
  }

  /// Where a record of the pack that is served stands in the cache.
  func located(_ own: RecordLocation) -> RecordLocation {
    RecordLocation(block: slot.block(own.block), offset: own.offset)
  }

  /// The reference that a rule has made.
  @_lifetime(borrow self)
  borrowing func ruledReference(_ count: Int) -> RawSpan {
    switch ruledPath {
    case .some(let memory): return memory.bytes(at: 0, count: count)
    case .none: return RawSpan()
    }
  }

  /// The field lines of every redirect by a rule.
  @_lifetime(borrow self)
  borrowing func ruledFields(_ location: RecordLocation) -> RawSpan {
    guard let table = try? RuleTable(parsing: cache.payload(of: location.block), at: location) else { return RawSpan() }
    return table.fields
  }
}
