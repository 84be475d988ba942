import Markup

/// Paths of the site that a document refers to.
struct PageReferences: Sendable {
  /// A path, and what it is to the document.
  struct Target: Hashable, Sendable {
    var path: String
    var role: Reference.Role
  }

  /// Whether the document is a page: something that is gone to.
  var isPage: Bool
  /// In order, each path once in each role.
  var targets: [Target]

  /// Bytes of the longest document that is looked at.
  static let longestDocument: UInt64 = 16 << 20
  /// The most links to other documents that are kept of one.
  private static let mostLinks = 64

  /// Whether files of a type refer to others.
  static func areExpected(in file: SiteFile, type: String) -> Bool {
    (isPage(type) || type.hasPrefix("text/css")) && file.size <= longestDocument
  }

  private static func isPage(_ type: String) -> Bool {
    type.hasPrefix("text/html") || type.hasPrefix("application/xhtml+xml")
  }

  /// Reads a document.
  init(of content: [UInt8], path: String, type: String) {
    isPage = PageReferences.isPage(type)
    var base: String? = path
    let references: [Reference]
    if isPage {
      let findings = HTML.findings(in: content)
      references = findings.references
      if let text = findings.base { base = SitePath.resolve(text, against: path) }
    } else {
      references = CSS.references(in: content)
    }
    var (seen, links): (Set<Target>, Int) = ([], 0)
    targets = references.compactMap { reference in
      guard reference.role.isEmbedded || links < PageReferences.mostLinks, let base,
        let path = SitePath.resolve(reference.text, against: base)
      else { return nil }
      let target = Target(path: path, role: reference.role)
      guard seen.insert(target).inserted else { return nil }
      if !reference.role.isEmbedded { links += 1 }
      return target
    }
  }
}
