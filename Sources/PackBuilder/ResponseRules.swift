/// What goes into the heads of a site's files besides what the files themselves say.
struct ResponseRules: Equatable, Sendable {
  /// Which media types files have.
  let mediaTypes: MediaTypes
  /// What the site says itself.
  let site: SiteRules

  /// Fields that are added to every head.
  private let fields: [SiteRules.Field]
  private let immutable: [PathPattern]
  private let cacheControl: String?

  /// Files that were not called immutable are asked for again each time, which a 304 answers nearly always. Anything longer
  /// would let a new page meet an old style sheet.
  private static let revalidate = "no-cache"
  private static let forever = "public, max-age=31536000, immutable"

  /// Reads what a person said.
  /// - Throws: `badField`, `reservedField`, `badMediaType`.
  init(_ options: BuildOptions, _ site: SiteRules = SiteRules()) throws(BuildError) {
    self.site = site
    mediaTypes = try MediaTypes(options.mediaTypes, charset: site.charset)
    immutable = options.immutable.map { PathPattern($0) }
    var (fields, cacheControl): ([SiteRules.Field], String?) = ([], nil)
    for text in options.fields {
      let (name, value) = try ResponseRules.field(text)
      if name.lowercased() == "cache-control" {
        cacheControl = value
      } else {
        fields.append(SiteRules.Field(name: name, value: value))
      }
    }
    self.fields = fields
    self.cacheControl = cacheControl
  }

  /// What is said with a file that is asked for as any of `paths`.
  func response(of paths: [String], named name: String) -> Response {
    let own = site.fields(of: paths)
    var response = Response(cacheControl: ResponseRules.revalidate)
    for field in fields where !own.contains(where: { $0.hasSameName(as: field) }) { response.fields.append(field.line) }
    var ownControl: String?
    for field in own {
      switch field.name.lowercased() {
      case "cache-control": ownControl = field.value
      case "content-type": response.type = field.value
      default: response.fields.append(field.line)
      }
    }
    if paths.contains(where: { immutable.matches($0) }) {
      response.cacheControl = ResponseRules.forever
    } else if let control = ownControl {
      response.cacheControl = control
    } else if site.findsFingerprints, Fingerprint.isIn(name) {
      response.cacheControl = ResponseRules.forever
    } else if let control = cacheControl {
      response.cacheControl = control
    }
    return response
  }

  /// What is said with a file.
  struct Response: Equatable {
    /// What caches may do with it (RFC 9111 §5.2.2).
    var cacheControl: String
    /// Its media type; nil where that follows from its name.
    var type: String?
    /// Other lines, without their ends.
    var fields: [String] = []
  }

  /// The lines of a redirect from a path, without their ends.
  func redirectFields(of path: String) -> [String] { lines(site.fields(of: [path])) }

  /// The lines of every redirect by a rule for more than one path.
  var redirectFieldsOfAll: [String] { lines(site.fieldsOfAll) }

  private func lines(_ own: [SiteRules.Field]) -> [String] {
    let common = fields.filter { field in !own.contains { $0.hasSameName(as: field) } }
    return (common + own).filter { $0.name.lowercased() != "content-type" }.map(\.line)
  }

  /// A field must be a token, a colon and a value in printable ASCII (RFC 9110 §5.5): anything else could end the head that
  /// it stands in.
  /// - Parameter allowsType: whether it may be Content-Type.
  static func field(_ text: String, allowsType: Bool = false) throws(BuildError) -> (name: String, value: String) {
    guard let colon = text.firstIndex(of: ":") else { throw .badField(text) }
    let name = String(text[..<colon])
    let value = text[text.index(after: colon)...].drop { $0 == " " }
    let isPrintable = value.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    guard isToken(name), isPrintable, !value.isEmpty, value.last != " " else { throw .badField(text) }
    let isType = allowsType && name.lowercased() == "content-type"
    guard isType || !reserved.contains(name.lowercased()) else { throw .reservedField(name) }
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
