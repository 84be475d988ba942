/// The summary as a ledger keeps it: without what was reused, which is another matter each time.
extension BuildSummary {
  /// Reads the fields of a summary; nil when they are not there.
  init?(_ fields: inout LedgerFields) {
    var numbers: [UInt64] = []
    for _ in 0..<10 {
      guard let number = fields.word(), number <= UInt64(Int64.max) else { return nil }
      numbers.append(number)
    }
    guard let blocks = UInt32(exactly: numbers[8]), let count = fields.word(), count <= UInt64(max(fields.rest, 0))
    else { return nil }
    var warnings: [String] = []
    for _ in 0..<count {
      guard let warning = fields.text() else { return nil }
      warnings.append(warning)
    }
    self.init(
      fileCount: Int(numbers[0]), pathCount: Int(numbers[1]), byteCount: numbers[2], sharedCount: Int(numbers[3]),
      groupCount: Int(numbers[4]), variantCount: Int(numbers[5]), variantByteCount: numbers[6],
      reusedCount: 0, codedCount: Int(numbers[7]), blockCount: blocks, packByteCount: numbers[9],
      warnings: warnings)
  }

  /// Appends the fields.
  func append(to bytes: inout [UInt8]) {
    let numbers = [
      UInt64(fileCount), UInt64(pathCount), byteCount, UInt64(sharedCount), UInt64(groupCount), UInt64(variantCount),
      variantByteCount, UInt64(codedCount), UInt64(blockCount), packByteCount,
    ]
    for number in numbers { bytes.appendLittleEndian(number) }
    bytes.appendLittleEndian(UInt64(warnings.count))
    for warning in warnings {
      bytes.appendLittleEndian(UInt64(warning.utf8.count))
      bytes.append(contentsOf: warning.utf8)
    }
  }

  /// The summary of a pack that stands there as it is: nothing was coded.
  /// - Parameter before: warnings that come first.
  func unchanged(_ before: [String] = []) -> BuildSummary {
    var summary = self
    (summary.isUnchanged, summary.reusedCount, summary.warnings) = (true, codedCount, before + warnings)
    return summary
  }

  /// The summary without the warnings that come first, which are found again each time.
  func withoutWarnings(_ before: [String]) -> BuildSummary {
    var summary = self
    summary.warnings.removeFirst(before.count)
    return summary
  }
}
