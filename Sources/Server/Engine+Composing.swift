import Cache
import HTTP
import Pack
import Stack
import Wire

/// Spelling out what is to be said.
extension Engine {
  /// Composes a response to a request; nil when there is no place for its head. The session then waits for one.
  mutating func compose(
    _ composition: Composition, for request: RequestHead, _ text: RawSpan, of id: ConnectionID
  ) -> Response? {
    guard let place = allocateHead(for: id) else { return nil }
    let keepsAlive = request.keepsAlive && !isDraining && !isLastRequest(of: id)
    let hasBody = request.method != .head
    let isWhole = spell(
      composition, at: place, query: request.query.bytes(of: text), hasQuery: request.hasQuery,
      keepsAlive: keepsAlive, hasBody: hasBody)
    guard isWhole else {
      // Only a query can be too long: what it would lead to is not worth more memory.
      _ = spell(.page(.uriTooLong), at: place, keepsAlive: false, hasBody: hasBody)
      return Response(status: .uriTooLong, head: place, keepsAlive: false)
    }
    var response = Response(status: composition.status, head: place, keepsAlive: keepsAlive)
    response.coding = composition.coding
    if hasBody, let body = composition.body { response.body = body }
    if case .parts(let file, _, let block) = composition {
      response.parts = planParts(of: file, in: block, request, text)
    }
    return response
  }

  /// Writes the bytes of a head to its place.
  /// - Returns: whether they fit.
  mutating func spell(
    _ composition: Composition, at place: Int, query: RawSpan = RawSpan(), hasQuery: Bool = false, keepsAlive: Bool,
    hasBody: Bool
  ) -> Bool {
    // The workbench is taken out of the engine, so that the cache can be read while it is written to.
    guard var memory = workbench.take() else { return false }
    let count = write(
      composition, to: &memory, query: query, hasQuery: hasQuery, keepsAlive: keepsAlive, hasBody: hasBody)
    if let count { heads.store(memory.bytes(at: 0, count: count), at: place) }
    workbench = consume memory
    return count != nil
  }

  /// Writes the bytes of a head to the front of `memory`.
  /// - Returns: how many they are; nil where they did not fit.
  func write(
    _ composition: Composition, to memory: inout ByteArena, query: RawSpan = RawSpan(), hasQuery: Bool = false,
    keepsAlive: Bool = true, hasBody: Bool = true
  ) -> Int? {
    var composer = Composer(
      memory.mutableBytes(at: 0, count: HeadPool.longest), date: dates.httpDate(), keepsAlive: keepsAlive,
      hasBody: hasBody)
    switch composition {
    case .file(let representation, let selection, let block):
      composer.file(representation, selection, in: cache.payload(of: block))
    case .parts(let representation, let length, let block):
      composer.parts(representation, length: length, in: cache.payload(of: block))
    case .part(let representation, let range, let block):
      composer.part(representation, range, in: cache.payload(of: block))
    case .lastPart(let representation, let block): composer.lastPart(representation, in: cache.payload(of: block))
    case .errorPage(let status, let page, let length, let block):
      composer.errorPage(status, page, ofLength: length, in: cache.payload(of: block))
    case .redirect(let status, let target, let fields, let block):
      let payload = cache.payload(of: block)
      composer.redirect(
        status, to: payload.extracting(target), fields: payload.extracting(fields), query: query, hasQuery: hasQuery)
    case .ruledRedirect(let status, let count, let table):
      composer.redirect(
        status, to: ruledReference(count), fields: ruledFields(table), query: query, hasQuery: hasQuery)
    case .unsatisfied(let length): composer.unsatisfied(length)
    case .page(let status): composer.page(status)
    }
    return composer.count
  }
}
