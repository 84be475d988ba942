/// A segment in packetdrill's notation, with numbers relative to the initial ones: `P. 1:101(100) ack 1 win 257`.
package struct ScriptSegment: CustomStringConvertible, Sendable {
  /// The flags.
  package var flags: PeerSegment.Flags
  /// The first number, relative to the sender's initial one.
  package var sequence: Int
  /// Bytes of text.
  package var textCount: Int
  /// The acknowledgment, relative to the receiver's initial number.
  package var acknowledgment: Int?
  /// The window as it stands in the header; nil where it does not matter.
  package var window: Int?
  /// The options in packetdrill's notation; nil where there are none.
  package var options: String?
  /// What its Internet header says of congestion (RFC 3168 §5).
  package var mark = PacketMark.none

  /// A segment with these values.
  package init(
    flags: PeerSegment.Flags, sequence: Int, textCount: Int, acknowledgment: Int?, window: Int?, options: String?,
    mark: PacketMark = .none
  ) {
    self.mark = mark
    self.flags = flags
    self.sequence = sequence
    self.textCount = textCount
    self.acknowledgment = acknowledgment
    self.window = window
    self.options = options
  }

  /// Reads the notation.
  package init(parsing text: Substring) throws(TestFailure) {
    var words = text.prefix { $0 != "<" }.split(separator: " ")[...]
    if let mark = words.first.flatMap({ PacketMark(written: $0) }) {
      self.mark = mark
      words = words.dropFirst()
    }
    guard let flags = words.popFirst(), let range = words.popFirst() else { throw TestFailure("no segment: \(text)") }
    self.flags = try ScriptSegment.flags(flags)
    let numbers = range.split { ":()".contains($0) }.compactMap { Int($0) }
    guard numbers.count == 3, numbers[0] + numbers[2] == numbers[1] else {
      throw TestFailure("\(range) are no numbers")
    }
    (sequence, textCount) = (numbers[0], numbers[2])
    while let word = words.popFirst() {
      guard let number = words.popFirst().flatMap({ Int($0) }) else { throw TestFailure("\(word) of what? \(text)") }
      switch word {
      case "ack": acknowledgment = number
      case "win": window = number
      default: throw TestFailure("\(word) is not known")
      }
    }
    if let start = text.firstIndex(of: "<"), let end = text.lastIndex(of: ">") {
      options = String(text[text.index(after: start)..<end])
    }
  }

  private static let letters: [(Character, PeerSegment.Flags)] = [
    ("S", .syn), ("F", .fin), ("R", .rst), ("E", .echo), ("W", .windowReduced), ("P", .psh),
    (".", .ack),
  ]

  private static func flags(_ text: Substring) throws(TestFailure) -> PeerSegment.Flags {
    var flags: PeerSegment.Flags = []
    for letter in text {
      guard let known = letters.first(where: { $0.0 == letter }) else { throw TestFailure("flag \(letter)") }
      flags.insert(known.1)
    }
    return flags
  }

  /// The segment in the notation.
  package var description: String {
    var text = mark == .none ? "" : "[\(mark)] "
    text += ScriptSegment.letters.filter { flags.contains($0.1) }.map { String($0.0) }.joined()
    text += " \(sequence):\(sequence + textCount)(\(textCount))"
    if let acknowledgment { text += " ack \(acknowledgment)" }
    if let window { text += " win \(window)" }
    if let options { text += " <\(options)>" }
    return text
  }

  /// Whether a segment that was sent is the expected one. A window that is not named may be any, and text may be pushed
  /// because the window ends with it.
  package func covers(_ sent: ScriptSegment) -> Bool {
    let mayBePushed = textCount > 0 && flags.union(.psh) == sent.flags
    return (flags == sent.flags || mayBePushed) && sequence == sent.sequence && textCount == sent.textCount
      && acknowledgment == sent.acknowledgment && mark == sent.mark && (window == nil || window == sent.window)
      && options == sent.options
  }
}
