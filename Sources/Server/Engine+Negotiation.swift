import Cache
import HTTP
import Pack
import Wire

/// Which form of a file a client is sent (RFC 9110 §12.5.3).
extension Engine {
  /// The number of the representation the client likes best. A client that likes none is sent the first, the identity: a
  /// page that cannot be read is no better than one that was not asked for in this form (§12.5.3 allows both).
  func negotiate(_ record: Record, in block: BlockNumber, _ request: RequestHead, _ text: RawSpan) -> Int {
    let payload = cache.payload(of: block)
    var available: ContentCodings = []
    for number in 0..<record.representationCount {
      guard let form = try? record.representation(number, of: payload, block) else { continue }
      available.insert(ContentCodings(ContentCoding(form.coding)))
    }
    guard let best = AcceptedCodings(request, in: text).best(of: available) else { return 0 }
    for number in 0..<record.representationCount {
      guard let form = try? record.representation(number, of: payload, block) else { continue }
      if ContentCoding(form.coding) == best { return number }
    }
    return 0
  }
}

extension ContentCoding {
  /// The coding that a pack calls so.
  fileprivate init(_ coding: Representation.Coding) {
    self =
      switch coding {
      case .identity: .identity
      case .gzip: .gzip
      case .brotli: .br
      case .zstandard: .zstd
      }
  }
}
