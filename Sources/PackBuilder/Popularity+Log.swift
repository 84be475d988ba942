import Markup

extension Popularity {
  /// Reads an access log in the combined or common format of the NCSA and Apache servers. Lines that are none, and requests
  /// that were not answered with a file, are passed over.
  /// - Throws: when the log cannot be read.
  init(log path: String, _ graph: SiteGraph) throws(BuildError) {
    self.init()
    var (clients, pages): ([Substring: Int], Set<Int>) = ([:], Set(graph.pages))
    try LogLines.forEach(in: path) { line in
      guard let request = LoggedRequest(line), let file = graph.number(of: request.path) else { return }
      addHit(of: file)
      guard pages.contains(file) else { return }
      if let page = clients[request.client] { addStep(from: page, to: file) }
      clients[request.client] = file
      // A log may name millions of clients; where they went last is soon of no interest.
      if clients.count > 1 << 16 { clients = [:] }
    }
    pages = []
  }
}

/// What a line of an access log says.
struct LoggedRequest: Equatable {
  /// The client's address or name.
  var client: Substring
  /// The path, decoded.
  var path: String

  /// Reads a line: client, two names, a time in brackets, the request in quotes, and the status.
  init?(_ line: Substring) {
    guard let space = line.firstIndex(of: " "), let bracket = line.firstIndex(of: "]") else { return nil }
    let parts = line[bracket...].split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    let words = parts[1].split(separator: " ")
    let status = parts[2].split(separator: " ").first ?? ""
    guard words.count >= 2, words[0] == "GET", ["200", "206", "304"].contains(status),
      let path = SitePath.resolve(String(words[1]), against: "/")
    else { return nil }
    self.client = line[..<space]
    self.path = path
  }
}
