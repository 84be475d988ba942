import ArgumentParser
import Pack

/// Codings as a person lists them: `gzip,br,zstd`, or `none`.
struct CodingList: ExpressibleByArgument {
  /// The codings.
  let codings: [Representation.Coding]

  /// All there are.
  static let all = CodingList(codings: [.gzip, .brotli, .zstandard])

  private init(codings: [Representation.Coding]) {
    self.codings = codings
  }

  /// Reads a list; nil where a word is no coding.
  init?(argument: String) {
    guard argument != "none" else {
      self.init(codings: [])
      return
    }
    let words = argument.split(separator: ",", omittingEmptySubsequences: false)
    let codings = words.compactMap { word in CodingList.all.codings.first { $0.name == word } }
    guard codings.count == words.count else { return nil }
    self.init(codings: codings)
  }

  /// The list as it is typed.
  var defaultValueDescription: String { codings.map(\.name).joined(separator: ",") }
}

extension Representation.Coding {
  /// The name in HTTP (RFC 9110 §8.4.1).
  var name: String {
    switch self {
    case .identity: "identity"
    case .gzip: "gzip"
    case .brotli: "br"
    case .zstandard: "zstd"
    }
  }
}
