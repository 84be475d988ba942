/// What runs for each packet or request allocates nothing, counts no references and waits for nobody.
///
/// Text is for people: it is made in `Type+Text.swift`, which the path does not enter.
struct HotPathRule: FileRule {
  /// The layers all of whose code may run for each packet.
  static let layers: Set<String> = ["Wire", "TCP", "Stack", "Cache", "HTTP", "Link", "LoadGenerator", "Server", "Pack"]

  private static let words = WordRule(
    ["String", "any <Type>", "async", "await", "class", "actor", "@ escaping"],
    because: "this may run for each packet; text belongs in a file named Type+Text.swift")

  func violations(in file: SourceFile) -> [Violation] {
    let isForPeople = ["+Text.swift", "+Description.swift"].contains { file.name.hasSuffix($0) }
    guard HotPathRule.layers.contains(String(file.target)), !isForPeople else { return [] }
    return HotPathRule.words.violations(in: file)
  }
}
