/// The dependencies that the manifest declares, read from its text: asking the package manager would wait for itself.
struct Manifest {
  /// What each target and suite may import, products under their module's name.
  let dependencies: [String: Set<String>]

  /// Reads the text of a `Package.swift` that spells its targets with `layer`, `suite` and `Target`'s own functions.
  init(_ text: String) {
    var dependencies: [String: Set<String>] = [:]
    for declaration in Manifest.declarations(in: text) {
      let names = Manifest.names(in: declaration.arguments)
      guard let name = names.first else { continue }
      let target = declaration.function == "suite" ? "\(name)Tests" : name
      dependencies[target] = Set(names.dropFirst())
    }
    self.dependencies = dependencies
  }

  /// The calls that declare a target, with what stands between their parentheses.
  private static func declarations(in text: String) -> [(function: String, arguments: Substring)] {
    ["layer", "suite", ".executableTarget", ".target", ".testTarget"].flatMap { function in
      text.ranges(of: "\(function)(").compactMap { range in
        // The declarations of `layer` and `suite` themselves have no string for a name.
        let rest = text[range.upperBound...]
        let arguments = rest.prefix(argumentLength(rest))
        return arguments.contains("name: String") || !arguments.contains("\"") || arguments.contains("\\(")
          ? nil : (function, arguments)
      }
    }
  }

  /// How much of `text` comes before the parenthesis that closes the one before it.
  private static func argumentLength(_ text: Substring) -> Int {
    var depth = 1
    for (index, character) in text.enumerated() {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if depth == 0 { return index }
    }
    return text.count
  }

  /// The target's name and then those of its dependencies: the strings that name neither a package nor a path.
  private static func names(in arguments: Substring) -> [String] {
    var names: [String] = []
    let pieces = arguments.split(separator: "\"", omittingEmptySubsequences: false)
    for index in stride(from: 1, to: pieces.count, by: 2) {
      let label = pieces[index - 1]
      guard !["package:", "path:", "pkgConfig:"].contains(where: { label.trimmed.hasSuffix($0) }) else { continue }
      names.append(String(pieces[index]))
    }
    return names
  }
}

extension StringProtocol {
  /// The text without space at its ends.
  var trimmed: Substring {
    let start = firstIndex { !$0.isWhitespace } ?? endIndex
    let end = lastIndex { !$0.isWhitespace }.map(index(after:)) ?? start
    return Substring(self[start..<end])
  }
}
