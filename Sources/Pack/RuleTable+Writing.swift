extension RuleTable {
  /// The bytes of a table, a multiple of 8.
  /// - Parameters:
  ///   - rules: status, pattern and template of each, in the order in which they count; at most `capacity`.
  ///   - fields: field lines of every redirect, each with its end.
  package static func bytes(
    _ rules: [(status: UInt16, pattern: [UInt8], template: [UInt8])], fields: [UInt8]
  ) -> [UInt8] {
    var body = fields
    for rule in rules {
      for number in [rule.status, UInt16(rule.pattern.count), UInt16(rule.template.count), 0] {
        body += littleEndian(UInt32(number), count: 2)
      }
      body += rule.pattern + rule.template
    }
    let length = (headerCount + body.count + 7) & ~7
    let header =
      littleEndian(magic, count: 4) + littleEndian(UInt32(length), count: 4)
      + littleEndian(UInt32(rules.count), count: 2) + littleEndian(UInt32(fields.count), count: 2)
    let padding = [UInt8](repeating: 0, count: length - headerCount - body.count)
    return header + [0, 0, 0, 0] + body + padding
  }

  private static func littleEndian(_ number: UInt32, count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt32(8 * $0)) }
  }
}
