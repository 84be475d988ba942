import TCP
import TestKit
import Testing
import Wire

@testable import Stack

/// The flow table against a dictionary.
struct FlowTableTests {
  static let secret = SipHash(key0: 3, key1: 4)

  static func key(_ number: Int) -> FlowKey {
    // Of four, one is of version 4, and three differ in one part of an address of version 6.
    let part = UInt64(number / 28)
    let peers = [
      IPAddress(IPv4Address(0x0A00_0000 | UInt32(number / 28))),
      IPAddress(IPv6Address(high: 0xFD09 << 48, low: part)),
      IPAddress(IPv6Address(high: 0xFD09 << 48, low: part << 40 | 1 << 39)),
      IPAddress(IPv6Address(high: 0xFD09 << 48 | part, low: 1 << 63)),
    ]
    return FlowKey(peer: peers[number / 7 % 4], peerPort: UInt16(1 + number % 7), localPort: 80)
  }

  @Test func `A flow's parts are found in its key`() {
    let key = FlowKey(peer: IPAddress(IPv4Address(0xC0A8_01FF)), peerPort: 0xFFFE, localPort: 80)
    #expect(key.peer == IPAddress(IPv4Address(0xC0A8_01FF)))
    #expect(key.peerPort == 0xFFFE)
    #expect(key.localPort == 80)
  }

  @Test(arguments: [0, 1, 0x3FFF_FFFF])
  func `A reference survives being a number`(index: Int) {
    for reference in [FlowReference.connection(index), .halfOpen(index), .timeWait(index)] {
      #expect(FlowReference(bits: reference.bits) == reference)
    }
  }

  @Test func `A flow is forgotten only where it still leads`() {
    var table = FlowTable(capacity: 4, secret: FlowTableTests.secret)
    let key = FlowTableTests.key(1)
    table.set(key, to: .halfOpen(3))
    table.set(key, to: .connection(3))
    table.remove(key, ifAt: .halfOpen(3))
    #expect(table[key] == .connection(3))
    table.remove(FlowTableTests.key(2), ifAt: .connection(3))
    table.remove(key, ifAt: .connection(3))
    #expect(table[key] == nil)
    #expect(table.count == 0)
  }

  @Test(arguments: 1...10)
  func `The table does what a dictionary does`(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    var table = FlowTable(capacity: 64, secret: SipHash(key0: random.next(), key1: random.next()))
    var model: [Int: FlowReference] = [:]
    for _ in 0..<3_000 {
      let number = Int.random(in: 0..<150, using: &random)
      let reference = FlowReference(bits: UInt32(Int.random(in: 0..<3, using: &random)) << 30 | UInt32(number))
      if Bool.random(using: &random), model.count < 64 || model[number] != nil {
        table.set(FlowTableTests.key(number), to: reference)
        model[number] = reference
      } else {
        table.remove(FlowTableTests.key(number), ifAt: reference)
        if model[number] == reference { model[number] = nil }
      }
      #expect(table.count == model.count, "\(random)")
    }
    for number in 0..<150 { #expect(table[FlowTableTests.key(number)] == model[number], "\(random)") }
  }
}
