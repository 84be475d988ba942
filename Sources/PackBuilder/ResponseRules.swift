/// What goes into the heads of a site's files besides what the files themselves say.
struct ResponseRules: Equatable, Sendable {
  /// Which media types files have.
  let mediaTypes: MediaTypes
  /// Lines that are added to every head, without their ends.
  let fields: [String]

  private let immutable: [PathPattern]
  private let cacheControl: String?

  /// Files that were not called immutable are asked for again each time, which a 304 answers nearly always. Anything longer
  /// would let a new page meet an old style sheet.
  private static let revalidate = "no-cache"
  private static let forever = "public, max-age=31536000, immutable"

  /// Reads what a person said.
  /// - Throws: `badField`, `reservedField`, `badMediaType`.
  init(_ options: BuildOptions) throws(BuildError) {
    mediaTypes = try MediaTypes(options.mediaTypes)
    immutable = options.immutable.map { PathPattern($0) }
    var (fields, cacheControl): ([String], String?) = ([], nil)
    for text in options.fields {
      let (name, value) = try ResponseRules.field(text)
      if name.lowercased() == "cache-control" { cacheControl = value } else { fields.append("\(name): \(value)") }
    }
    self.fields = fields
    self.cacheControl = cacheControl
  }

  /// What caches may do with a file (RFC 9111 §5.2.2).
  func cacheControl(of path: String) -> String {
    immutable.matches(path) ? ResponseRules.forever : cacheControl ?? ResponseRules.revalidate
  }

  /// A field must be a token, a colon and a value in printable ASCII (RFC 9110 §5.5): anything else could end the head that
  /// it stands in.
  private static func field(_ text: String) throws(BuildError) -> (name: String, value: String) {
    guard let colon = text.firstIndex(of: ":") else { throw .badField(text) }
    let name = String(text[..<colon])
    let value = text[text.index(after: colon)...].drop { $0 == " " }
    let isPrintable = value.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    guard isToken(name), isPrintable, !value.isEmpty, value.last != " " else { throw .badField(text) }
    guard !reserved.contains(name.lowercased()) else { throw .reservedField(name) }
    return (name, String(value))
  }

  /// Whether a text is a token (RFC 9110 §5.6.2).
  static func isToken(_ text: some StringProtocol) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }

  /// Fields that the server or the pack decides, or that say where the response ends.
  private static let reserved: Set<String> = [
    "accept-ranges", "connection", "content-encoding", "content-length", "content-range", "content-type", "date",
    "etag",
    "keep-alive", "last-modified", "location", "server", "te", "trailer", "transfer-encoding", "upgrade", "vary",
  ]
}
