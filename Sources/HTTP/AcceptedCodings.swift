import Wire

/// What a client thinks of each content coding (`Accept-Encoding`, RFC 9110 §12.5.3).
package struct AcceptedCodings: Sendable {
  /// A rank by coding: 0 is refused, 1 is allowed but was not asked for, 2 to 1001 is a weight of 0.001 to 1.
  private var ranks: InlineArray<4, UInt16> = [1, 0, 0, 0]

  /// What the head says. Without the field, content is sent as it is.
  /// - Parameter request: the bytes of the request.
  package init(_ head: RequestHead, in request: RawSpan) {
    var listed: ContentCodings = []
    var others: UInt16?
    var line = head.has(.acceptEncoding) ? head.acceptEncoding : nil
    while let slice = line {
      var elements = ListElements(slice.bytes(of: request))
      while let element = elements.next() { note(element, listed: &listed, others: &others) }
      line = head.nextLine(of: .acceptEncoding, after: slice, in: request)
    }
    guard let others else { return }
    for coding in ContentCoding.allCases where !listed.contains(ContentCodings(coding)) {
      ranks[Int(coding.rawValue)] = others
    }
  }

  /// The best of the codings a resource is stored in: the highest weight, at equal weight br before zstd before gzip
  /// before identity. `nil` where the client refuses them all (406, or as it is all the same).
  package func best(of available: ContentCodings) -> ContentCoding? {
    var best: ContentCoding?
    var bestRank: UInt16 = 0
    let order = ContentCoding.byPreference
    for index in order.indices where available.contains(ContentCodings(order[index])) {
      let rank = ranks[Int(order[index].rawValue)]
      if rank > bestRank {
        best = order[index]
        bestRank = rank
      }
    }
    return best
  }

  /// Notes one element: a coding or `*`, with its weight. An element with a malformed weight is passed over.
  private mutating func note(_ element: RawSpan, listed: inout ContentCodings, others: inout UInt16?) {
    let semicolon = element.firstOffset(of: UInt8(ascii: ";")) ?? element.byteCount
    let name = element.extracting(first: semicolon).trimmed()
    guard let weight = Self.weight(element.extracting(droppingFirst: semicolon)) else { return }
    let rank = weight == 0 ? 0 : weight &+ 1
    if name.equals("*") {
      others = rank
    } else if let coding = ContentCoding(name) {
      ranks[Int(coding.rawValue)] = rank
      listed.insert(ContentCodings(coding))
    }
  }

  /// The weight in thousandths that `;q=0.5` means (RFC 9110 §12.4.2); 1,000 for no text; `nil` for another.
  private static func weight(_ text: RawSpan) -> UInt16? {
    guard text.byteCount > 0 else { return 1000 }
    let parameter = text.extracting(droppingFirst: 1).trimmed()
    guard parameter.beginsIgnoringCase(with: "q=") else { return nil }
    let value = parameter.extracting(droppingFirst: 2)
    guard (1...5).contains(value.byteCount), value.byteCount == 1 || value.byte(at: 1) == UInt8(ascii: ".") else {
      return nil
    }
    guard value.byte(at: 0) == UInt8(ascii: "0") || value.byte(at: 0) == UInt8(ascii: "1") else { return nil }
    var weight = UInt16(value.byte(at: 0) &- UInt8(ascii: "0")) &* 1000
    var unit: UInt16 = 100
    for offset in 2..<max(value.byteCount, 2) {
      guard ASCII.isDigit(value.byte(at: offset)) else { return nil }
      weight &+= UInt16(value.byte(at: offset) &- UInt8(ascii: "0")) &* unit
      unit /= 10
    }
    return weight <= 1000 ? weight : nil
  }
}
