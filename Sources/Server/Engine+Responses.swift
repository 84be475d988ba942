import Cache
import HTTP
import Pack
import Stack
import Wire

/// From a request to what is to be said: a function of the request and of the blocks in memory, which can be asked again at
/// any time.
extension Engine {
  /// What to say to a request; nil when a block is missing. The session then waits for it, and asks again.
  mutating func decide(_ request: RequestHead, _ text: RawSpan, of id: ConnectionID) -> Composition? {
    guard sites.turn(to: request.host.bytes(of: text)) else { return .page(.misdirectedRequest) }
    switch decideOnSite(request, text, of: id) {
    case .page(let status) where status.isError: return errorPage(status, request, text, for: id)
    case .unsatisfied(let length):
      return errorPage(.rangeNotSatisfiable, ofLength: length, request, text, for: id)
    case let composition: return composition
    }
  }

  /// What the site says to a request, and its errors without its pages for them.
  private mutating func decideOnSite(_ request: RequestHead, _ text: RawSpan, of id: ConnectionID) -> Composition? {
    switch request.method {
    case .notAllowed: return .page(.methodNotAllowed)
    case .options: return .page(.noContent)
    case .get, .head: break
    }
    guard var memory = decodedPath.take() else { return .page(.internalServerError) }
    let path = request.path.bytes(of: text)
    let composition: Composition?
    switch normalize(path, in: &memory) {
    case .malformed: composition = .page(.badRequest)
    case .canonical: composition = decide(request, text, path: path, of: id)
    case .decoded(let count): composition = decide(request, text, path: memory.bytes(at: 0, count: count), of: id)
    }
    decodedPath = consume memory
    return composition
  }

  private func normalize(_ path: RawSpan, in memory: inout ByteArena) -> RequestPath.Outcome {
    var target = memory.mutableBytes(at: 0, count: configuration.requestLimits.targetCount)
    return RequestPath.normalize(path, into: &target)
  }

  private mutating func decide(
    _ request: RequestHead, _ text: RawSpan, path: RawSpan, of id: ConnectionID
  ) -> Composition? {
    switch find(path, for: id) {
    case .waiting: return nil
    case .corrupt: return .page(.internalServerError)
    case .nothing: return ruled(request, text, path: path, for: id)
    case .found(let record, let block): return answer(record, in: block, request, text)
    }
  }

  /// What a record says to a request.
  mutating func answer(
    _ record: Record, in block: BlockNumber, _ request: RequestHead, _ text: RawSpan
  ) -> Composition {
    switch record.kind {
    case .file: return select(record, in: block, request, text)
    case .redirect:
      let status = Status(rawValue: record.status).flatMap { $0.isRedirect ? $0 : nil }
      return status.map { .redirect($0, record.target, fields: record.fields, block) } ?? .page(.internalServerError)
    }
  }

  /// What of a file a request is to be answered with.
  private mutating func select(
    _ record: Record, in block: BlockNumber, _ request: RequestHead, _ text: RawSpan
  ) -> Composition {
    let number = record.representationCount == 1 ? 0 : negotiate(record, in: block, request, text)
    guard let found = try? record.representation(number, of: cache.payload(of: block), block) else {
      return .page(.internalServerError)
    }
    let representation = found.moved(beside: block)
    let range: RangeRequest
    switch weigh(representation, in: block, request, text) {
    case .failed: return .page(.preconditionFailed)
    case .notModified: return .file(representation, .notModified, block)
    case .proceed(let stands):
      guard stands else { return .file(representation, .whole, block) }
      range = RangeRequest(request.range.bytes(of: text), length: representation.body.count)
    }
    switch range {
    case .whole: return .file(representation, .whole, block)
    case .part(let range): return .file(representation, .part(range), block)
    case .parts where configuration.servesSockets: return .file(representation, .whole, block)
    case .parts:
      let ranges = ByteRanges(request.range.bytes(of: text), length: representation.body.count)
      return ranges.map { decideParts($0, of: representation, in: block) } ?? .file(representation, .whole, block)
    case .notSatisfiable: return .unsatisfied(representation.body.count)
    }
  }

  /// What the conditions of a request make of it, its Range included.
  private enum Weighing {
    case failed
    case notModified
    case proceed(rangeStands: Bool)
  }

  /// Weighs the conditions against the validators of what would be sent.
  private func weigh(
    _ representation: Representation, in block: BlockNumber, _ request: RequestHead, _ text: RawSpan
  ) -> Weighing {
    let tag = representation.storedHead(in: cache.payload(of: block)).extracting(representation.head.entityTag)
    let validators = Validators(entityTag: tag, lastModified: representation.lastModified)
    switch request.evaluate(validators, in: text, now: dates.unixSeconds) {
    case .failed: return .failed
    case .notModified: return .notModified
    case .proceed:
      // A range means something to GET alone (RFC 9110 §14.2).
      guard request.method == .get, !request.range.isEmpty else { return .proceed(rangeStands: false) }
      return .proceed(rangeStands: request.rangeStands(validators, in: text, now: dates.unixSeconds))
    }
  }
}
