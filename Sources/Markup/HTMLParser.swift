import CXML

/// libxml2's parser of HTML, which tells what it meets and builds nothing.
enum HTMLParser {
  /// Parses a page.
  static func parse(_ bytes: [UInt8], _ collector: HTMLCollector) {
    _ = initialization
    guard !bytes.isEmpty, bytes.count <= Int(Int32.max) else { return }
    unsafe bytes.withUnsafeBytes { buffer in
      guard let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
        let context = unsafe htmlCreateMemoryParserCtxt(start, Int32(buffer.count))
      else { return }
      defer { unsafe htmlFreeParserCtxt(context) }
      _ = unsafe htmlCtxtUseOptions(
        context, Int32(HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue))
      unsafe context.pointee.sax.pointee = handler
      withExtendedLifetime(collector) {
        unsafe context.pointee.userData = Unmanaged.passUnretained(collector).toOpaque()
        _ = unsafe htmlParseDocument(context)
      }
    }
  }

  /// The library wants to be made ready once, before it is used by several threads.
  private static let initialization: Void = xmlInitParser()

  private static var handler: htmlSAXHandler {
    var handler = unsafe htmlSAXHandler()
    unsafe handler.startElement = { context, name, attributes in
      unsafe HTMLParser.collector(context)?.start(HTMLParser.text(name), HTMLParser.attributes(attributes))
    }
    unsafe handler.endElement = { context, name in
      unsafe HTMLParser.collector(context)?.end(HTMLParser.text(name))
    }
    unsafe handler.characters = { context, start, count in
      unsafe HTMLParser.collector(context)?.text(UnsafeBufferPointer(start: start, count: Int(count)))
    }
    unsafe handler.cdataBlock = { context, start, count in
      unsafe HTMLParser.collector(context)?.text(UnsafeBufferPointer(start: start, count: Int(count)))
    }
    return unsafe handler
  }

  @unsafe
  private static func collector(_ context: UnsafeMutableRawPointer?) -> HTMLCollector? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<HTMLCollector>.fromOpaque(context).takeUnretainedValue()
  }

  @unsafe
  private static func text(_ characters: UnsafePointer<xmlChar>?) -> String {
    guard let characters = unsafe characters else { return "" }
    return unsafe String(cString: characters)
  }

  /// Names and values in turn, up to a name that is none.
  @unsafe
  private static func attributes(
    _ list: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) -> [String: String] {
    var attributes: [String: String] = [:]
    guard var place = unsafe list else { return attributes }
    while let name = unsafe place.pointee {
      unsafe attributes[text(name)] = text(place[1])
      unsafe place += 2
    }
    return attributes
  }
}
