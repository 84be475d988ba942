/// An element of a page, and what it refers to (HTML Living Standard).
struct HTMLElement {
  /// Its name in small letters.
  let name: String
  /// Its attributes.
  let attributes: [String: String]

  /// Where its attributes lead.
  var references: [Reference] {
    switch name {
    case "a", "area": [reference("href", .link)].compactMap { $0 }
    case "link": linkReferences
    case "script": [reference("src", .script)].compactMap { $0 }
    case "img", "input": pictures
    case "source": isFilm ? [reference("src", .media)].compactMap { $0 } : pictures
    case "video": [reference("poster", .image), reference("src", .media)].compactMap { $0 }
    case "audio", "track": [reference("src", .media)].compactMap { $0 }
    case "iframe", "frame": [reference("src", .frame)].compactMap { $0 }
    case "embed": [reference("src", .image)].compactMap { $0 }
    case "object": [reference("data", .image)].compactMap { $0 }
    case "image", "use", "feimage":
      [reference("href", .image) ?? reference("xlink:href", .image)].compactMap { $0 }
    case "body", "table", "tr", "td", "th": [reference("background", .image)].compactMap { $0 }
    default: []
    }
  }

  private func reference(_ attribute: String, _ role: Reference.Role) -> Reference? {
    attributes[attribute].map { Reference($0, role) }
  }

  /// A `source` has a `srcset` in a picture, and a `src` in a film or sound.
  private var isFilm: Bool { attributes["srcset"] == nil }

  private var pictures: [Reference] {
    let candidates = SourceSet.urls(in: attributes["srcset"] ?? "")
    let source = attributes["src"]
    return [source.map { Reference($0, .image) }].compactMap { $0 }
      + candidates.filter { $0 != source }.map { Reference($0, .alternative) }
  }

  /// §4.2.4 and §4.6.6: what a client fetches for a link depends on its relations.
  private var linkReferences: [Reference] {
    let relations = Set((attributes["rel"] ?? "").lowercased().split { $0.isWhitespace })
    let role: Reference.Role? =
      if relations.contains("stylesheet") {
        relations.contains("alternate") ? .alternative : .style
      } else if relations.contains("preload") {
        preloadRole
      } else if relations.contains("modulepreload") {
        .script
      } else if !relations.isDisjoint(with: ["icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon"]) {
        relations.contains("icon") ? .image : .alternative
      } else if relations.contains("manifest") {
        .alternative
      } else if !relations.isDisjoint(with: ["next", "prefetch", "prerender", "prev", "up", "contents", "index"]) {
        .link
      } else {
        nil
      }
    guard let role else { return [] }
    let candidates = SourceSet.urls(in: attributes["imagesrcset"] ?? "").map { Reference($0, .alternative) }
    return [reference("href", role)].compactMap { $0 } + candidates
  }

  private var preloadRole: Reference.Role {
    switch attributes["as"]?.lowercased() {
    case "style": .style
    case "script", "worker", "fetch": .script
    case "font": .font
    case "audio", "video", "track": .media
    case "document": .frame
    default: .image
    }
  }
}
