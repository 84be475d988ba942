import TestKit
import Wire

extension TCPHeader {
  /// Any header that can be written without loss.
  static func random(using random: inout SeededRandom) -> TCPHeader {
    let controls: [TCPControl] = [.none, .syn, .fin, .rst]
    let control = controls.randomElement(using: &random) ?? .none
    let acknowledges = Bool.random(using: &random)
    return TCPHeader(
      sourcePort: UInt16.random(in: .min ... .max, using: &random),
      destinationPort: UInt16.random(in: .min ... .max, using: &random),
      sequence: SequenceNumber(UInt32.random(in: .min ... .max, using: &random)),
      acknowledgment: acknowledges ? SequenceNumber(UInt32.random(in: .min ... .max, using: &random)) : nil,
      control: control,
      isPush: Bool.random(using: &random),
      congestion: TCPCongestionFlags(rawValue: UInt8.random(in: 0...3, using: &random) << 6),
      window: UInt16.random(in: .min ... .max, using: &random),
      options: TCPOptions.random(isHandshake: control == .syn, using: &random))
  }
}

extension TCPOptions {
  /// Any options of a segment with SYN or without.
  static func random(isHandshake: Bool, using random: inout SeededRandom) -> TCPOptions {
    if isHandshake {
      let options = HandshakeOptions.random(using: &random)
      return options == HandshakeOptions() ? .none : .handshake(options)
    } else {
      let options = SegmentOptions.random(using: &random)
      return options == SegmentOptions() ? .none : .segment(options)
    }
  }
}

extension HandshakeOptions {
  /// Each option present or absent.
  static func random(using random: inout SeededRandom) -> HandshakeOptions {
    HandshakeOptions(
      maximumSegmentSize: Bool.random(using: &random) ? UInt16.random(in: .min ... .max, using: &random) : nil,
      windowScale: Bool.random(using: &random) ? UInt8.random(in: 0...14, using: &random) : nil,
      selectiveAcknowledgments: Bool.random(using: &random),
      timestamps: Bool.random(using: &random) ? Timestamps.random(using: &random) : nil)
  }
}

extension SegmentOptions {
  /// As many blocks as have room.
  static func random(using random: inout SeededRandom) -> SegmentOptions {
    let timestamps = Bool.random(using: &random) ? Timestamps.random(using: &random) : nil
    var blocks = SelectiveBlocks()
    for _ in 0..<Int.random(in: 0...(timestamps == nil ? 4 : 3), using: &random) {
      blocks.append(SelectiveBlock.random(using: &random))
    }
    return SegmentOptions(timestamps: timestamps, selective: blocks)
  }
}

extension SelectiveBlock {
  /// Any two numbers.
  static func random(using random: inout SeededRandom) -> SelectiveBlock {
    SelectiveBlock(
      left: SequenceNumber(UInt32.random(in: .min ... .max, using: &random)),
      right: SequenceNumber(UInt32.random(in: .min ... .max, using: &random)))
  }
}

extension Timestamps {
  /// Any two clocks.
  static func random(using random: inout SeededRandom) -> Timestamps {
    Timestamps(
      value: UInt32.random(in: .min ... .max, using: &random), echo: UInt32.random(in: .min ... .max, using: &random))
  }
}
