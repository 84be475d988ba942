import HTTP
import Wire

/// Bytes of a client, from the first to the answer's head. Whatever they are, everything that is found lies inside of what
/// was sent, does not depend on how it was cut, and is the same the second time.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  guard let start = unsafe start, count > 0, count <= 16_384 else { return 0 }
  let text = unsafe RawSpan(_unsafeStart: UnsafeRawPointer(start), byteCount: count)
  let limits = RequestLimits()
  var scanner = RequestScanner()
  let whole = RequestParser.parse(text, scanner: &scanner, limits: limits)
  checkPieces(text, whole, limits)
  checkRefused(text)
  guard case .request(let head) = whole else { return 0 }
  precondition(head.byteCount <= count, "a head longer than what was sent")
  checkPath(head, text)
  checkConditions(head, text)
  // What follows a request that was read whole is the next one.
  let rest = text.extracting(head.byteCount..<count)
  var next = RequestScanner()
  _ = RequestParser.parse(rest, scanner: &next, limits: limits)
  return 0
}

/// A head that comes byte by byte is read as one that comes at once.
private func checkPieces(_ text: RawSpan, _ whole: RequestParsing, _ limits: RequestLimits) {
  var scanner = RequestScanner()
  var step = 1
  var end = 0
  while end < text.byteCount {
    end = min(text.byteCount, end + step)
    step = step &* 5 % 97 &+ 1
    switch RequestParser.parse(text.extracting(0..<end), scanner: &scanner, limits: limits) {
    case .incomplete: continue
    case let outcome:
      precondition(outcome == whole, "another request when it comes in pieces")
      return
    }
  }
  precondition(whole == .incomplete, "no request when it comes in pieces")
}

/// What a log is told of a request that was refused is one line of what was sent, and lies inside of it.
private func checkRefused(_ text: RawSpan) {
  let head = RequestHead(refused: text)
  for slice in [head.line, head.host, head.referer, head.userAgent] {
    let bytes = slice.bytes(of: text)
    for offset in 0..<bytes.byteCount { precondition(bytes.byte(at: offset) != 0x0A, "a line that goes on") }
  }
}

/// A path, once decoded, begins with a slash, has no dot segments, and can be made a reference that leads to this site.
private func checkPath(_ head: RequestHead, _ text: RawSpan) {
  let path = head.path.bytes(of: text)
  var arena = ByteArena(byteCount: 4_096)
  let outcome = decode(path, into: &arena)
  switch outcome {
  case .malformed: return
  case .canonical: checkKey(path)
  case .decoded(let count):
    precondition(count <= max(path.byteCount, 1), "a decoded path is longer")
    checkKey(arena.bytes(at: 0, count: count))
  }
}

private func decode(_ path: RawSpan, into arena: inout ByteArena) -> RequestPath.Outcome {
  var memory = arena.mutableBytes(at: 0, count: 4_096)
  return RequestPath.normalize(path, into: &memory)
}

private func checkKey(_ key: RawSpan) {
  precondition(key.byteCount > 0 && key.byte(at: 0) == UInt8(ascii: "/"), "a key begins with a slash")
  var dots = 0
  var isSegment = true
  for offset in 0...key.byteCount {
    let byte = offset < key.byteCount ? key.byte(at: offset) : UInt8(ascii: "/")
    precondition(byte != 0, "a NUL in a key")
    if byte == UInt8(ascii: "/") {
      precondition(!isSegment || dots == 0 || dots > 2, "a dot segment in a key")
      (dots, isSegment) = (0, true)
    } else if byte == UInt8(ascii: ".") {
      dots += 1
    } else {
      isSegment = false
    }
  }
  checkTemplates(key)
}

/// Rules find in a path what is there, and lead nowhere else.
private func checkTemplates(_ key: RawSpan) {
  let patterns: [[UInt8]] = [[0x2F, 2], [0x2F, 1], [0x2F, 1, 0x2F, 2], [0x2F, 0x61, 0x2F, 2]]
  for pattern in patterns {
    guard let captures = unsafe PathTemplate.match(key, pattern.span.bytes) else { continue }
    for number in 0..<captures.count {
      precondition(captures[number].bytes(of: key).byteCount <= key.byteCount, "a capture outside of the path")
    }
    var arena = ByteArena(byteCount: 512)
    var writer = HeadWriter(arena.mutableBytes(at: 0, count: 512))
    unsafe writer.append(([0x2F, 1, 0x20] as [UInt8]).span.bytes, captures, of: key, isReference: true)
    let made = writer.count
    let bytes = arena.bytes(at: 0, count: made)
    precondition(made < 2 || bytes.byte(at: 1) != UInt8(ascii: "/"), "a reference to another host")
    for offset in 0..<made { precondition(bytes.byte(at: offset) > 0x20, "a reference with a line end") }
  }
}

/// Conditions, ranges and codings give answers, and ranges lie inside and apart.
private func checkConditions(_ head: RequestHead, _ text: RawSpan) {
  let tag: StaticString = "\"0123456789abcdef\""
  let now: Int64 = 1_795_608_000
  let validators = Validators(entityTag: tag.bytes, lastModified: 784_111_777)
  let outcome = head.evaluate(validators, in: text, now: now)
  precondition(outcome == head.evaluate(validators, in: text, now: now), "another outcome the second time")
  _ = head.rangeStands(validators, in: text, now: now)
  _ = AcceptedCodings(head, in: text).best(of: [.identity, .gzip, .br, .zstd])
  for length: UInt64 in [0, 1, 26, 100_000, .max] {
    guard let ranges = ByteRanges(head.range.bytes(of: text), length: length) else { continue }
    precondition(ranges.count <= ByteRanges.capacity, "too many ranges")
    for index in 0..<ranges.count {
      precondition(!ranges[index].isEmpty && ranges[index].upperBound <= length, "a range outside")
      for other in 0..<index { precondition(!ranges[index].overlaps(ranges[other]), "ranges overlap") }
    }
  }
  for slice in [head.host, head.query, head.line, head.userAgent, head.referer, head.ifModifiedSince] {
    precondition(slice.bytes(of: text).byteCount <= text.byteCount, "a field outside")
  }
}
