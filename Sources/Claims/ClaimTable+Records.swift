import Wire

/// What a broker writes down so that the next one knows who holds what: a line for each grant.
extension ClaimTable.Grant {
  /// The mark, the process, its start, the user, its name, and the claim.
  package var record: String {
    "\(mark.value) \(holder.process) \(holder.start) \(holder.user) \(holder.name) \(claim)"
  }

  /// Reads a line that `record` wrote; nil when it is none.
  package init?(record: some StringProtocol) {
    let words = record.split(separator: " ", maxSplits: 5)
    guard words.count == 6, let mark = UInt32(words[0]).flatMap({ Mark(value: $0) }), let process = Int32(words[1]),
      let start = UInt64(words[2]), let user = UInt32(words[3]), let claim = Claim(words[5])
    else { return nil }
    let holder = Claimant(process: process, start: start, user: user, name: String(words[4]))
    self.init(claim: claim, holder: holder, mark: mark)
  }
}

extension ClaimTable {
  /// All grants, a line each, in the order of their marks.
  package var records: String { all.map { $0.record + "\n" }.joined() }
}
