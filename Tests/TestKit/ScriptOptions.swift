import Wire

/// The options of a segment as packetdrill writes them: `mss 1460,nop,wscale 7`.
///
/// The numbers of `sack 1:1461 2921:4381` are relative to the initial number of whoever's text they speak of, and the host's
/// clock in `TS val 10 ecr 20` counts from the start of the script.
package struct ScriptOptions: Sendable {
  /// The bytes, a multiple of four.
  package let bytes: [UInt8]

  /// Options that stand in a segment.
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Reads packetdrill's notation; `end` fills up to a multiple of four.
  package init(parsing text: some StringProtocol, from initial: UInt32 = 0, clock: UInt32 = 0) throws(TestFailure) {
    var bytes = [UInt8]()
    for option in text.split(separator: ",") {
      let words = option.split(separator: " ")
      let number = words.count > 1 ? UInt64(words[1]) : nil
      switch (words.first, number) {
      case ("mss", .some(let size)): bytes.append(0x0204 << 16 | size, count: 4)
      case ("wscale", .some(let shift)): bytes.append(0x0303 << 8 | shift, count: 3)
      case ("nop", nil): bytes.append(1)
      case ("sackOK", nil): bytes += [4, 2]
      case ("eol", nil): bytes.append(0)
      case ("TS", nil) where words.count == 5:
        bytes += [8, 10]
        bytes.append(UInt64(words[2]) ?? 0, count: 4)
        bytes.append(UInt64(clock &+ (UInt32(words[4]) ?? 0)), count: 4)
      case ("sack", nil) where words.count > 1:
        bytes += [5, UInt8(8 * words.count - 6)]
        for block in words.dropFirst() {
          let edges = block.split(separator: ":").compactMap { UInt32($0) }
          try require(edges.count == 2, "\(block) is no block")
          for edge in edges { bytes.append(UInt64(initial &+ edge), count: 4) }
        }
      default: throw TestFailure("option \(option) is not known")
      }
    }
    while bytes.count % 4 != 0 { bytes.append(0) }
    self.bytes = bytes
  }

  /// The options in packetdrill's notation.
  package func described(from initial: UInt32 = 0, clock: UInt32 = 0) -> String {
    elements.map { element in
      switch element.first {
      case 0: "eol"
      case 1: "nop"
      case 2: "mss \(ScriptOptions.number(element[2...]))"
      case 3: "wscale \(ScriptOptions.number(element[2...]))"
      case 4: "sackOK"
      case 5 where element.count % 8 == 2: "sack" + ScriptOptions.blocks(element[2...], from: initial)
      case 8 where element.count == 10:
        "TS val \(UInt32(ScriptOptions.number(element[2..<6])) &- clock) ecr \(ScriptOptions.number(element[6...]))"
      default: "kind \(element[0]) of \(element.count) bytes"
      }
    }.joined(separator: ",")
  }

  /// The value of the MSS option.
  package var maximumSegmentSize: Int? { value(of: 2, byteCount: 4) }

  /// The value of the window scale option.
  package var windowScale: Int? { value(of: 3, byteCount: 3) }

  /// The values of the timestamps option.
  package var clocks: (value: UInt32, echo: UInt32)? {
    elements.last { $0.first == 8 && $0.count == 10 }.map {
      (UInt32(ScriptOptions.number($0[2..<6])), UInt32(ScriptOptions.number($0[6...])))
    }
  }

  private func value(of kind: UInt8, byteCount: Int) -> Int? {
    elements.last { $0.first == kind && $0.count == byteCount }.map { ScriptOptions.number($0[2...]) }
  }

  /// The options one by one; what cannot be an option is one element with everything behind it.
  private var elements: [[UInt8]] {
    var elements = [[UInt8]]()
    var rest = bytes[...]
    while let kind = rest.first {
      let length = kind < 2 ? 1 : rest.count > 1 ? max(Int(rest[rest.startIndex + 1]), 2) : 1
      elements.append([UInt8](rest.prefix(length)))
      rest = rest.dropFirst(length)
      if kind == 0 { break }
    }
    return elements
  }

  private static func blocks(_ bytes: ArraySlice<UInt8>, from initial: UInt32) -> String {
    stride(from: bytes.startIndex, to: bytes.endIndex, by: 8).map { start in
      let left = UInt32(number(bytes[start..<(start + 4)])) &- initial
      let right = UInt32(number(bytes[(start + 4)..<(start + 8)])) &- initial
      return " \(left):\(right)"
    }.joined()
  }

  private static func number(_ bytes: some Collection<UInt8>) -> Int {
    bytes.reduce(0) { $0 << 8 | Int($1) }
  }
}
