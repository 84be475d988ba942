/// The `srcset` attribute (HTML Living Standard, §4.8.4.2.1, "parse a srcset attribute").
enum SourceSet {
  /// The URLs in it, in order.
  static func urls(in text: String) -> [String] {
    var urls: [String] = []
    var rest = Substring(text)
    while true {
      rest = rest.drop { $0.isWhitespace || $0 == "," }
      guard !rest.isEmpty else { return urls }
      var url = rest.prefix { !$0.isWhitespace }
      rest = rest[url.endIndex...]
      if url.hasSuffix(",") {
        while url.hasSuffix(",") { url.removeLast() }
      } else {
        rest = behindDescriptors(of: rest)
      }
      if !url.isEmpty { urls.append(String(url)) }
    }
  }

  /// What follows the comma behind the descriptors of a URL; commas in parentheses do not count.
  private static func behindDescriptors(of text: Substring) -> Substring {
    var depth = 0
    for index in text.indices {
      switch text[index] {
      case "(": depth += 1
      case ")": depth = max(depth - 1, 0)
      case "," where depth == 0: return text[text.index(after: index)...]
      default: break
      }
    }
    return ""
  }
}
