import Wire

/// The rules for paths that have no record: which redirect, or which other path's record, answers those that fit a pattern.
///
/// A table is read where it lies, rule by rule, in the order in which they count. It lies in one block.
package struct RuleTable: ~Escapable {
  /// A rule.
  package struct Rule: ~Escapable {
    /// The status of the answer: 200 for the content of another path, 403, 404, 410 or 451 for that content as an error page, and
    /// 301, 302, 303, 307 or 308 for a redirect.
    package let status: UInt16
    /// The paths it is for.
    package let pattern: RawSpan
    /// The path, or for a redirect the reference, to be made of what the pattern finds.
    package let template: RawSpan

    @_lifetime(copy pattern, copy template)
    init(status: UInt16, pattern: RawSpan, template: RawSpan) {
      self.status = status
      self.pattern = pattern
      self.template = template
    }
  }

  static let magic: UInt32 = 0x4C52_4843
  static let headerCount = 16
  static let ruleHeaderCount = 8
  /// The most rules of a table, so that a path that is not there costs no more than that many looks.
  package static let capacity = 1_000
  /// The most bytes of a table.
  package static let largestByteCount = BlockGeometry.payloadCount

  /// Field lines of every redirect, each with its end.
  package let fields: RawSpan
  /// Rules that were not read yet.
  private var remaining: Int
  private var rest: RawSpan
  private let error: PackError

  /// Reads the table at a place in a verified block.
  /// - Throws: `malformed`.
  @_lifetime(copy block)
  package init(parsing block: RawSpan, at location: RecordLocation) throws(PackError) {
    let start = location.offset
    error = .malformed(location.block, offset: start)
    guard block.byteCount >= BlockGeometry.payloadCount, start >= 0, start & 7 == 0,
      start <= BlockGeometry.payloadCount - RuleTable.headerCount,
      block.littleEndianUInt32(at: start) == RuleTable.magic
    else { throw .malformed(location.block, offset: start) }
    let length = Int(block.littleEndianUInt32(at: start + 4))
    let fieldCount = Int(block.littleEndianUInt16(at: start + 10))
    remaining = Int(block.littleEndianUInt16(at: start + 8))
    guard length >= RuleTable.headerCount + fieldCount, start + length <= BlockGeometry.payloadCount,
      remaining <= RuleTable.capacity
    else { throw .malformed(location.block, offset: start) }
    let rules = start + RuleTable.headerCount + fieldCount
    fields = block.extracting((start + RuleTable.headerCount)..<rules)
    rest = block.extracting(rules..<(start + length))
  }

  /// The next rule; nil behind the last.
  /// - Throws: `malformed`.
  @_lifetime(self: copy self)
  @_lifetime(copy self)
  package mutating func next() throws(PackError) -> Rule? {
    guard remaining > 0 else { return nil }
    guard rest.byteCount >= RuleTable.ruleHeaderCount else { throw error }
    let status = rest.littleEndianUInt16(at: 0)
    let patternEnd = RuleTable.ruleHeaderCount + Int(rest.littleEndianUInt16(at: 2))
    let templateEnd = patternEnd + Int(rest.littleEndianUInt16(at: 4))
    guard templateEnd <= rest.byteCount else { throw error }
    let rule = Rule(
      status: status, pattern: rest.extracting(RuleTable.ruleHeaderCount..<patternEnd),
      template: rest.extracting(patternEnd..<templateEnd))
    rest = rest.extracting(droppingFirst: templateEnd)
    remaining -= 1
    return rule
  }
}
