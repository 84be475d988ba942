/// A layer imports only what the house allows. The compiler does not see to that: a target can import any other that
/// happens to be built.
struct ArrowRule: FileRule {
  func violations(in file: SourceFile) -> [Violation] {
    guard let layer = Layer.named(file.target) else {
      return [Violation(path: file.path, line: 1, message: "`\(file.target)` is not among the layers")]
    }
    let allowed = layer.layers.union(layer.outside)
    return file.imports.compactMap { item in
      if item.attributes.contains("_exported") {
        return Violation(path: file.path, line: item.line, message: "an import is not handed on")
      }
      guard !allowed.contains(item.module) else { return nil }
      return Violation(
        path: file.path, line: item.line, message: "`\(layer.name)` does not stand on `\(item.module)`")
    }
  }
}
