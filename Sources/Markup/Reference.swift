/// A place in a document that names another.
package struct Reference: Hashable, Sendable {
  /// What the other is to the document.
  package enum Role: Int, Comparable, Sendable {
    /// A style sheet, without which nothing is drawn.
    case style
    /// A script.
    case script
    /// A font.
    case font
    /// A picture, an icon or the like.
    case image
    /// A document shown inside the document.
    case frame
    /// A sound, a film, or their captions.
    case media
    /// Something that only some clients ask for instead of another.
    case alternative
    /// Another document, to be gone to.
    case link

    /// Orders roles by how soon what has them is needed.
    package static func < (left: Role, right: Role) -> Bool { left.rawValue < right.rawValue }

    /// Whether showing the document takes it.
    package var isEmbedded: Bool { self != .link }
  }

  /// What is written there: a URL, most often relative.
  package var text: String
  /// What it is for.
  package var role: Role

  /// A reference.
  package init(_ text: String, _ role: Role) {
    self.text = text
    self.role = role
  }
}
