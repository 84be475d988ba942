import TestKit
import Testing
import Wire

/// Control messages.
struct ICMPMessageTests {
  static let request = [UInt8](hex: "0800 4C3E 1A2B 0001 6162 6364 6566 6768")

  /// A router's word that a packet of 1,500 bytes does not fit through 1,400.
  static let tooBig = [UInt8](
    hex: """
      0304 BD79 0000 0578
      4500 05DC 0001 4000 3F06 2207 0A09 0001 0A09 0002
      0050 D431 A1B2 C3D5
      """)

  static func parse(_ bytes: [UInt8]) throws(ParseError) -> (message: ICMPMessage, rest: Int) {
    var span = bytes.rawSpan
    let message = try ICMPMessage(parsing: &span)
    return (message, span.byteCount)
  }

  static func written(_ message: ICMPMessage, followedBy rest: [UInt8] = []) -> [UInt8] {
    let sum = InternetChecksum(summing: rest.rawSpan)
    return [UInt8](count: ICMPMessage.byteCount) { message.write(to: &$0, at: 0, followedBy: sum) } + rest
  }

  @Test func `An echo request is read and its data left`() throws {
    let (message, rest) = try ICMPMessageTests.parse(ICMPMessageTests.request)
    #expect(message == .echoRequest(identifier: 0x1A2B, sequence: 1))
    #expect(rest == 8)
  }

  @Test func `A reply covers the data it sends back`() {
    let data = Array(ICMPMessageTests.request.dropFirst(8))
    let reply = ICMPMessageTests.written(.echoReply(identifier: 0x1A2B, sequence: 1), followedBy: data)
    #expect(reply.hex == [UInt8](hex: "0000 543E 1A2B 0001 6162 6364 6566 6768").hex)
  }

  @Test func `A router says what would fit`() throws {
    let (message, rest) = try ICMPMessageTests.parse(ICMPMessageTests.tooBig)
    #expect(message == .unreachable(.needsFragmentation(mtu: 1_400)))
    #expect(rest == 28)
  }

  @Test(
    arguments: [
      .echoRequest(identifier: 0, sequence: 0), .echoRequest(identifier: .max, sequence: .max),
      .echoReply(identifier: 1, sequence: 2), .unreachable(.needsFragmentation(mtu: 0)),
      .unreachable(.needsFragmentation(mtu: 576)), .unreachable(.code(0)), .unreachable(.code(3)),
      .unreachable(.code(13)), .other(type: 11, code: 0), .other(type: 8, code: 1), .other(type: 255, code: 255),
    ] as [ICMPMessage])
  func `What is written is read again`(message: ICMPMessage) throws {
    var random = SeededRandom(seed: 792)
    for length in 0..<64 {
      let bytes = ICMPMessageTests.written(message, followedBy: random.bytes(count: length))
      let (parsed, rest) = try ICMPMessageTests.parse(bytes)
      #expect(parsed == message, "\(random)")
      #expect(rest == length, "\(random)")
    }
  }

  @Test(arguments: 0..<ICMPMessage.byteCount)
  func `A message cut short is truncated`(length: Int) {
    #expect(throws: ParseError.truncated) {
      _ = try ICMPMessageTests.parse(Array(ICMPMessageTests.request.prefix(length)))
    }
  }

  @Test func `A wrong bit anywhere, data included, is found`() {
    for bit in 0..<ICMPMessageTests.request.count * 8 {
      var bytes = ICMPMessageTests.request
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(throws: ParseError.badChecksum, "bit \(bit)") { _ = try ICMPMessageTests.parse(bytes) }
    }
  }
}
