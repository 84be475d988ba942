import Wire

/// What the fields of a head have said so far (RFC 9110 §5, RFC 9112 §5 and §6).
struct FieldState {
  private var count = 0
  private var bodyCount: UInt64 = 0
  private var closes = false
  private var keepsAlive = false
  private var expectsTheUnknown = false
  private var isCodedOtherwise = false

  /// Reads a field line. That it holds no control character but tabs is known.
  mutating func read(
    _ line: Range<Int>, of text: RawSpan, _ head: inout RequestHead, _ limits: RequestLimits
  ) throws(Status) {
    count += 1
    guard count <= limits.fieldCount else { throw .requestHeaderFieldsTooLarge }
    // A line that begins with a space continues the last one (obs-fold): refused, as RFC 9112 §5.2 allows, because readers
    // differ in it. So is a space before the colon (§5.1).
    var colon = line.lowerBound
    while colon < line.upperBound, ASCII.isToken(text.byte(at: colon)) { colon &+= 1 }
    guard colon > line.lowerBound, colon < line.upperBound, text.byte(at: colon) == UInt8(ascii: ":") else {
      throw .badRequest
    }
    guard let field = KnownField(text.extracting(line.lowerBound..<colon)) else { return }
    let value = text.trimmed((colon &+ 1)..<line.upperBound)
    let isFirst = head.note(field)
    try readFraming(field, text.extracting(value), isFirst: isFirst)
    keep(field, FieldSlice(value), isFirst: isFirst, &head)
  }

  /// What says where the request ends and whether the connection stays. There is one Host and one length at most: two are
  /// how requests are smuggled.
  private mutating func readFraming(_ field: KnownField, _ value: RawSpan, isFirst: Bool) throws(Status) {
    switch field {
    case .host:
      guard isFirst, value.isHostAndPort else { throw .badRequest }
    case .contentLength:
      guard isFirst, let length = value.decimal() else { throw .badRequest }
      bodyCount = length
    case .transferEncoding:
      guard isFirst else { throw .badRequest }
      isCodedOtherwise = !value.equalsIgnoringCase("chunked")
    case .connection: readConnection(value)
    case .expect:
      if !value.equalsIgnoringCase("100-continue") { expectsTheUnknown = true }
    default: return
    }
  }

  /// Keeps the place of a value. A field that is no list says nothing when it comes twice: each of these only asks for less
  /// than the whole, and the whole is always right. Of a list the first line is kept, and leads to the others.
  private func keep(_ field: KnownField, _ slice: FieldSlice, isFirst: Bool, _ head: inout RequestHead) {
    let single = isFirst ? slice : .none
    switch field {
    case .host: head.host = slice
    case .ifModifiedSince: head.ifModifiedSince = single
    case .ifUnmodifiedSince: head.ifUnmodifiedSince = single
    case .ifRange: head.ifRange = single
    case .range: head.range = single
    case .ifMatch where isFirst: head.ifMatch = slice
    case .ifNoneMatch where isFirst: head.ifNoneMatch = slice
    case .acceptEncoding where isFirst: head.acceptEncoding = slice
    case .userAgent where isFirst: head.userAgent = slice
    case .referer where isFirst: head.referer = slice
    default: return
    }
  }

  /// The options of the Connection field (RFC 9110 §7.6.1).
  private mutating func readConnection(_ value: RawSpan) {
    var options = ListElements(value)
    while let option = options.next() {
      if option.equalsIgnoringCase("close") { closes = true }
      if option.equalsIgnoringCase("keep-alive") { keepsAlive = true }
    }
  }

  /// All fields are read.
  func finish(_ head: inout RequestHead, _ limits: RequestLimits) throws(Status) {
    // RFC 9112 §3.2: a Host, which old clients may leave out.
    guard head.has(.host) || !head.isVersion11 else { throw .badRequest }
    // §6.1, §6.3: a coding beside a length, or from a client that cannot know it, is how requests are smuggled.
    let isCoded = head.has(.transferEncoding)
    guard !isCoded || (head.isVersion11 && !head.has(.contentLength)) else { throw .badRequest }
    guard !isCodedOtherwise else { throw .notImplemented }
    // RFC 9110 §10.1.1: no business of 1.0.
    guard !expectsTheUnknown || !head.isVersion11 else { throw .expectationFailed }
    head.hasBody = isCoded || bodyCount > 0
    // RFC 9110 §15.5.14: a long body would keep the connection busy for nothing. What is not allowed stays that.
    guard bodyCount <= limits.bodyCount || head.method == .notAllowed else { throw .contentTooLarge }
    // §9.3: `close` counts before all; 1.1 keeps the connection, 1.0 when asked to.
    head.keepsAlive = !closes && !head.hasBody && (head.isVersion11 || keepsAlive)
  }
}
