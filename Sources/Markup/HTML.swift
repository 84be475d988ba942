/// What pages refer to.
package enum HTML {
  /// The references of a page.
  package struct Findings: Equatable, Sendable {
    /// In order.
    package var references: [Reference] = []
    /// What the page says that they are relative to; nil for the page itself.
    package var base: String?
  }

  /// The references of a page, as libxml2's parser reads it: never refused, whatever it is.
  package static func findings(in bytes: [UInt8]) -> Findings {
    let collector = HTMLCollector()
    HTMLParser.parse(bytes, collector)
    return collector.findings
  }
}

/// Takes a page element by element.
final class HTMLCollector {
  private(set) var findings = HTML.Findings()
  private var style: [UInt8]?

  /// An element begins.
  func start(_ name: String, _ attributes: [String: String]) {
    if name == "style" { style = [] }
    if name == "base", findings.base == nil { findings.base = attributes["href"] }
    for reference in HTMLElement(name: name, attributes: attributes).references { add(reference) }
    if let text = attributes["style"] { CSS.references(in: Array(text.utf8)).forEach(add) }
  }

  /// Text stands in the element.
  func text(_ bytes: some Sequence<UInt8>) {
    style?.append(contentsOf: bytes)
  }

  /// An element ends.
  func end(_ name: String) {
    guard name == "style", let bytes = style else { return }
    style = nil
    CSS.references(in: bytes).forEach(add)
  }

  private func add(_ reference: Reference) {
    if !reference.text.isEmpty { findings.references.append(reference) }
  }
}
