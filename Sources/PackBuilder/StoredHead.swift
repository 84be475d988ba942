import HTTP
import Pack
import Wire

/// The head of a file's response, ready to be sent but for its date and what becomes of the connection.
struct StoredHead: Equatable {
  /// Its bytes, an even number.
  let bytes: [UInt8]
  /// Where in it what is; the head's place in the pack is not known yet.
  let layout: HeadLayout

  /// Composes the head of a file.
  /// - Parameters:
  ///   - file: the file.
  ///   - body: the content in one of its codings. Its hash is the entity tag: strong, and the same wherever and whenever it
  ///     is packed.
  ///   - isOneOfSeveral: whether there are other codings, so that the answer depends on the request.
  ///   - type: its media type.
  ///   - response: what is added to it.
  init(
    of file: SiteFile, body: PackPlan.Body, isOneOfSeveral: Bool, type: String, _ response: ResponseRules.Response
  ) throws(BuildError) {
    let tag = "\"\(body.digest)\""
    var writer = Writer()
    writer.line("HTTP/1.1 200 OK")
    let date = writer.slot("Date: ", count: HeadLayout.dateCount)
    let connection = writer.slot("Connection: ", count: HeadLayout.connectionCount)
    let server = writer.bytes.count
    writer.line("Server: Cheetah")
    writer.line("Content-Length: ", String(body.count))
    let validators = writer.bytes.count
    let tagStart = writer.bytes.count + "ETag: ".utf8.count
    writer.line("ETag: ", tag)
    if let modified = file.modified { writer.line("Last-Modified: ", StoredHead.date(modified)) }
    writer.line("Cache-Control: ", response.cacheControl)
    if isOneOfSeveral { writer.line("Vary: Accept-Encoding") }
    for field in response.fields { writer.line(field) }
    let content = writer.bytes.count
    writer.line("Content-Type: ", response.type ?? type)
    if let name = body.coding.fieldValue { writer.line("Content-Encoding: ", name) }
    writer.line("Accept-Ranges: bytes")
    let end = writer.bytes.count
    writer.line("")
    // An even length leaves the body at an even offset of the response: white space behind a value means nothing.
    let padding = writer.bytes.count % 2
    if padding == 1 { writer.bytes.insert(0x20, at: server + "Server: Cheetah".utf8.count) }
    guard writer.bytes.count <= HeadLayout.longest else { throw .headTooLong(file.path) }
    bytes = writer.bytes
    layout = HeadLayout(
      offset: 0, count: bytes.count, date: date, connection: connection,
      validators: (validators + padding)..<(content + padding),
      entityTag: (tagStart + padding)..<(tagStart + padding + tag.utf8.count),
      content: (content + padding)..<(end + padding))
  }

  private static func date(_ seconds: Int64) -> String {
    var arena = ByteArena(byteCount: HTTPDate.byteCount)
    var target = arena.mutableBytes(at: 0, count: HTTPDate.byteCount)
    HTTPDate.write(CalendarDate(unixSeconds: seconds), to: &target, at: 0)
    return String(decoding: (0..<HTTPDate.byteCount).map { target.bytes.byte(at: $0) }, as: UTF8.self)
  }

  private struct Writer {
    var bytes: [UInt8] = []

    init() {
      bytes.reserveCapacity(512)
    }

    /// A line of several texts.
    mutating func line(_ texts: String...) {
      for text in texts { bytes.append(contentsOf: text.utf8) }
      bytes.append(0x0D)
      bytes.append(0x0A)
    }

    /// A field whose value is filled in later; where the value begins.
    mutating func slot(_ name: String, count: Int) -> Int {
      bytes.append(contentsOf: name.utf8)
      let start = bytes.count
      for _ in 0..<count { bytes.append(0x20) }
      line()
      return start
    }
  }
}

extension Representation.Coding {
  /// What Content-Encoding says of it (RFC 9110 §8.4.1, RFC 7932, RFC 8878); nil for content as it is.
  fileprivate var fieldValue: String? {
    switch self {
    case .identity: nil
    case .gzip: "gzip"
    case .brotli: "br"
    case .zstandard: "zstd"
    }
  }
}
