/// What style sheets refer to.
package enum CSS {
  /// The references of a style sheet, or of the declarations in a `style` attribute, in order.
  package static func references(in bytes: [UInt8]) -> [Reference] {
    var finder = CSSReferences()
    var tokenizer = CSSTokenizer(bytes)
    while let token = tokenizer.next() { finder.take(token) }
    return finder.references
  }
}

/// Finds references among tokens.
private struct CSSReferences {
  private(set) var references: [Reference] = []

  /// The at-rule whose prelude or block this is.
  private var rule = ""
  /// Whether the prelude of the at-rule is not over.
  private var isPrelude = false
  /// Names of the functions that are open; empty for a parenthesis alone.
  private var functions: [String] = []
  /// Whether another choice was found before in this value.
  private var hasChoice = false

  mutating func take(_ token: CSSToken) {
    switch token {
    case .space: break
    case .identifier: break
    case .atKeyword(let name): (rule, isPrelude, hasChoice) = (name, true, false)
    case .function(let name): functions.append(name)
    case .url(let text): add(text)
    case .string(let text): takeString(text)
    case .delimiter(let byte): takeDelimiter(byte)
    }
  }

  private mutating func takeString(_ text: String) {
    switch functions.last {
    case "url", "src", "image-set", "-webkit-image-set": add(text)
    case nil where rule == "import" && isPrelude: add(text)
    default: break
    }
  }

  private mutating func takeDelimiter(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "("): functions.append("")
    case UInt8(ascii: ")"): _ = functions.popLast()
    case UInt8(ascii: "{"): (isPrelude, hasChoice) = (false, false)
    case UInt8(ascii: ";"):
      hasChoice = false
      if isPrelude { (rule, isPrelude) = ("", false) }
    case UInt8(ascii: "}"): (rule, hasChoice, functions) = ("", false, [])
    default: break
    }
  }

  private mutating func add(_ text: String) {
    // A name for a namespace is spelled like a reference, and is none.
    if rule == "namespace" { return }
    if rule == "import", isPrelude {
      references.append(Reference(text, .style))
      rule = ""
      return
    }
    let isSet = functions.contains { $0.hasSuffix("image-set") }
    let role: Reference.Role = rule == "font-face" ? .font : .image
    // Of several fonts or resolutions a client takes one, mostly the first that it can read.
    references.append(Reference(text, (isSet || role == .font) && hasChoice ? .alternative : role))
    hasChoice = true
  }
}
