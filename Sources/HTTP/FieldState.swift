import Wire

/// What the fields of a head have said so far (RFC 9110 §5, RFC 9112 §5 and §6).
struct FieldState {
  private var count = 0
  private var hosts = 0
  private var contentLengths = 0
  private var bodyCount: UInt64 = 0
  private var hasTransferEncoding = false
  private var closes = false
  private var keepsAlive = false
  private var seen: UInt16 = 0

  /// Reads a field line.
  /// - Returns: the status with which the request is refused, if it is.
  mutating func read(
    _ line: Range<Int>, of text: RawSpan, _ head: inout RequestHead, _ limits: RequestLimits
  ) -> Status? {
    count += 1
    if count > limits.fieldCount { return .requestHeaderFieldsTooLarge }
    // A line that begins with a space continues the last one (obs-fold): refused, as RFC 9112 §5.2 allows, because readers
    // differ in it. So is a space before the colon (§5.1).
    var colon = line.lowerBound
    while colon < line.upperBound, Token.contains(text.byte(at: colon)) { colon &+= 1 }
    guard colon > line.lowerBound, colon < line.upperBound, text.byte(at: colon) == 0x3A else { return .badRequest }
    var (start, end) = (colon &+ 1, line.upperBound)
    while start < end, Token.isSpace(text.byte(at: start)) { start &+= 1 }
    while end > start, Token.isSpace(text.byte(at: end &- 1)) { end &-= 1 }
    for offset in start..<end {
      let byte = text.byte(at: offset)
      if byte < 0x20, byte != 0x09 { return .badRequest }
      if byte == 0x7F { return .badRequest }
    }
    guard let field = KnownField(text.extracting(line.lowerBound..<colon)) else { return nil }
    return take(field, FieldSlice(offset: start, count: end &- start), text.extracting(start..<end), &head)
  }

  private mutating func take(
    _ field: KnownField, _ slice: FieldSlice, _ value: RawSpan, _ head: inout RequestHead
  ) -> Status? {
    switch field {
    case .host:
      hosts += 1
      head.host = slice
      return isHost(value) ? nil : .badRequest
    case .connection: readConnection(value)
    case .contentLength:
      contentLengths += 1
      guard let length = Token.number(value) else { return .badRequest }
      bodyCount = length
    case .transferEncoding: hasTransferEncoding = true
    case .expect: return Token.equalIgnoringCase(value, "100-continue") ? nil : .expectationFailed
    case .ifMatch: head.ifMatch = once(slice, field)
    case .ifNoneMatch: head.ifNoneMatch = once(slice, field)
    case .ifModifiedSince: head.ifModifiedSince = once(slice, field)
    case .ifUnmodifiedSince: head.ifUnmodifiedSince = once(slice, field)
    case .ifRange: head.ifRange = once(slice, field)
    case .range: head.range = once(slice, field)
    case .acceptEncoding: head.acceptEncoding = once(slice, field)
    case .userAgent: head.userAgent = slice
    case .referer: head.referer = slice
    }
    return nil
  }

  /// A field that comes twice says nothing: each of these only asks for less than the whole, and the whole is always right.
  private mutating func once(_ slice: FieldSlice, _ field: KnownField) -> FieldSlice {
    let bit: UInt16 = 1 << UInt16(field.rawValue)
    defer { seen |= bit }
    return seen & bit == 0 ? slice : .none
  }

  /// The options of the Connection field (RFC 9110 §7.6.1).
  private mutating func readConnection(_ value: RawSpan) {
    var rest = value
    while rest.byteCount > 0 {
      let option = Token.nextElement(&rest)
      if Token.equalIgnoringCase(option, "close") { closes = true }
      if Token.equalIgnoringCase(option, "keep-alive") { keepsAlive = true }
    }
  }

  /// What a host may be made of (RFC 3986 §3.2.2): no spaces, slashes or quotes.
  private func isHost(_ value: RawSpan) -> Bool {
    for offset in 0..<value.byteCount {
      let byte = value.byte(at: offset)
      if byte <= 0x20 || byte >= 0x7F || byte == 0x2F || byte == 0x22 || byte == 0x5C || byte == 0x40 { return false }
    }
    return true
  }

  /// All fields are read.
  func finish(_ head: inout RequestHead) -> Status? {
    // RFC 9112 §3.2: exactly one Host, which old clients may leave out.
    if hosts > 1 || (hosts == 0 && head.isVersion11) { return .badRequest }
    // §6.1, §6.3: two lengths, or a length beside a coding, are how requests are smuggled.
    if contentLengths > 1 || (contentLengths > 0 && hasTransferEncoding) { return .badRequest }
    if hasTransferEncoding, !head.isVersion11 { return .badRequest }
    head.hasBody = hasTransferEncoding || bodyCount > 0
    // §9.3: `close` counts before all; 1.1 keeps the connection, 1.0 when asked to.
    head.keepsAlive = !closes && !head.hasBody && (head.isVersion11 || keepsAlive)
    return nil
  }
}
