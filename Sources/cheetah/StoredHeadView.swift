import Pack

/// A stored head as `inspect` shows it: line by line, its slots marked, and which lines other responses take from it.
struct StoredHeadView {
  /// The head's bytes as text.
  let text: String
  /// Where in it what is.
  let layout: HeadLayout

  /// The lines but the empty one at the end; before each, whether a 304 and a 206 send it too.
  var lines: [String] {
    var offset = 0
    return text.split(separator: "\r\n", omittingEmptySubsequences: false).dropLast(2).map { line in
      defer { offset += line.utf8.count + 2 }
      return "\(label(at: offset))  \(marked(line, at: offset))"
    }
  }

  private func label(at offset: Int) -> String {
    if layout.validators.contains(offset) { return "304 206" }
    return layout.content.contains(offset) ? "    206" : "       "
  }

  /// A line with brackets about its slot, if there is one in it.
  private func marked(_ line: Substring, at offset: Int) -> String {
    for (start, count) in [(layout.date, HeadLayout.dateCount), (layout.connection, HeadLayout.connectionCount)] {
      let column = start - offset
      guard column >= 0, column + count <= line.utf8.count else { continue }
      let bytes = Array(line.utf8)
      let front = String(decoding: bytes[..<column], as: UTF8.self)
      let slot = String(decoding: bytes[column..<(column + count)], as: UTF8.self)
      return "\(front)[\(slot)]  slot of \(count) bytes at \(start)"
    }
    return String(line)
  }
}
