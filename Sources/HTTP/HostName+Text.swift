/// Names as people write them.
extension HostName: CustomStringConvertible {
  /// A name as it is written; nil where it can be the name of no host, such as one with a port.
  package init?(_ text: String) {
    let isWildcard = text.hasPrefix("*.")
    var name = text.utf8.dropFirst(isWildcard ? 1 : 0).map(ASCII.lowercased)
    if name.last == UInt8(ascii: ".") { name.removeLast() }
    let isLiteral = name.first == UInt8(ascii: "[") && name.last == UInt8(ascii: "]")
    let marks = Array((isLiteral ? "-._[]:" : "-._").utf8)
    let isAllowed = name.allSatisfy { ASCII.isLetter($0) || ASCII.isDigit($0) || marks.contains($0) }
    let labels = name.dropFirst(isWildcard ? 1 : 0).split(
      separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard name.count <= 253, isAllowed, !labels.contains(where: \.isEmpty) else { return nil }
    self.init(isWildcard: isWildcard, name: name)
  }

  /// The name, in small letters.
  package var description: String { (isWildcard ? "*" : "") + String(decoding: name, as: UTF8.self) }
}
