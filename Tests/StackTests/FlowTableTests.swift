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

  /// What the table gives for a flow first, which is right where no other flow has its hash.
  static func first(_ key: FlowKey, in table: borrowing FlowTable) -> FlowReference? {
    var search = table.search(for: key)
    return table.next(&search)
  }

  @Test func `A flow is forgotten only where it still leads`() {
    var table = FlowTable(capacity: 4, secret: FlowTableTests.secret)
    let key = FlowTableTests.key(1)
    table.insert(key, at: .halfOpen(3))
    table.change(key, from: .halfOpen(3), to: .connection(3))
    table.remove(key, ifAt: .halfOpen(3))
    let found = FlowTableTests.first(key, in: table)
    #expect(found == .connection(3))
    table.remove(FlowTableTests.key(2), ifAt: .connection(3))
    table.remove(key, ifAt: .connection(3))
    let forgotten = FlowTableTests.first(key, in: table)
    #expect(forgotten == nil)
    #expect(table.count == 0)
  }

  @Test func `Flows of the same hash are given one after another`() {
    var table = FlowTable(capacity: 4, secret: FlowTableTests.secret)
    let key = FlowTableTests.key(1)
    table.insert(key, at: .connection(1))
    table.insert(key, at: .timeWait(1))
    table.insert(FlowTableTests.key(2), at: .connection(2))
    var search = table.search(for: key)
    var found: [FlowReference] = []
    while let next = table.next(&search) { found.append(next) }
    #expect(found == [.connection(1), .timeWait(1)])
    table.remove(key, ifAt: .connection(1))
    let left = FlowTableTests.first(key, in: table)
    #expect(left == .timeWait(1))
  }

  @Test func `Eight flows lie in a cache line`() {
    #expect(FlowTable.byteCount(capacity: 10) == 16 * 8)
    #expect(FlowTable.byteCount(capacity: 12) == 32 * 8)
  }

  @Test(arguments: 1...10)
  func `The table does what a dictionary does`(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    var table = FlowTable(capacity: 64, secret: SipHash(key0: random.next(), key1: random.next()))
    var model: [Int: FlowReference] = [:]
    for _ in 0..<3_000 {
      let number = Int.random(in: 0..<150, using: &random)
      let key = FlowTableTests.key(number)
      // Every flow has places of its own, so that no two lead to the same.
      let reference = FlowReference(bits: UInt32(Int.random(in: 0..<3, using: &random)) << 30 | UInt32(number))
      if Bool.random(using: &random) {
        table.remove(key, ifAt: reference)
        if model[number] == reference { model[number] = nil }
      } else if let old = model[number] {
        table.change(key, from: old, to: reference)
        model[number] = reference
      } else if model.count < 64 {
        table.insert(key, at: reference)
        model[number] = reference
      }
      #expect(table.count == model.count, "\(random)")
    }
    for number in 0..<150 {
      let found = FlowTableTests.first(FlowTableTests.key(number), in: table)
      #expect(found == model[number], "\(random)")
    }
  }
}
