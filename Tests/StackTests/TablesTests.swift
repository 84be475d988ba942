import TCP
import TestKit
import Testing
import Time
import Wire

@testable import Stack

/// Connections, handshakes and TIME-WAITs in their places.
struct TablesTests {
  static let key = FlowKey(peer: IPAddress(IPv4Address(0x0A00_0001)), peerPort: 1, localPort: 80)

  static func entry(_ port: UInt16, expiry seconds: UInt64) -> TimeWaits.Entry {
    let key = FlowKey(peer: IPAddress(IPv4Address(0x0A00_0001)), peerPort: port, localPort: 80)
    let block = TimeWait(snd: SequenceNumber(1), rcv: SequenceNumber(2), expiry: .epoch + .seconds(seconds))
    return TimeWaits.Entry(key: key, block: block)
  }

  @Test func `A connection's name is not valid for its successor`() throws {
    var table = ConnectionTable(
      capacity: 1, peers: PeerCounts(capacity: 1, limit: nil, secret: SipHash(key0: 1, key1: 2)),
      vacant: .established())
    let inserted = table.insert(.established(), key: TablesTests.key, hardware: Station.peer.hardware)
    let first = try #require(inserted)
    let name = table.id(of: first)
    #expect(table.isValid(name) == true)
    #expect(table.hasRoom == false)
    #expect(table.insert(.established(), key: TablesTests.key, hardware: Station.peer.hardware) == nil)
    table.remove(first)
    #expect(table.isValid(name) == false)
    let second = table.insert(.established(), key: TablesTests.key, hardware: Station.peer.hardware)
    #expect(second == first)
    #expect(table.isValid(name) == false)
    #expect(table.isValid(table.id(of: first)) == true)
    #expect(table.count == 1)
  }

  @Test func `Handshakes share their places one after the other`() throws {
    let syn = Segment(.syn, sequence: 0, acknowledgment: nil)
    let half = HalfOpen(answering: syn, iss: SequenceNumber(1), offer: HandshakeOffer(mss: 1_460), at: .epoch)
    let entry = HalfOpenTable.Entry(block: half, key: TablesTests.key, hardware: Station.peer.hardware)
    var table = HalfOpenTable(capacity: 2)
    let places = [table.insert(entry), table.insert(entry), table.insert(entry)]
    #expect(places.compactMap { $0 }.count == 2)
    let first = try #require(places[0])
    table.remove(first)
    table.remove(first)
    #expect(table.count == 1)
    #expect(table[first] == nil)
    #expect(table.insert(entry) == first)
  }

  @Test func `TIME-WAITs expire in order, and gaps are passed over`() {
    var ring = TimeWaits(capacity: 4)
    for port in 1...3 as ClosedRange<UInt16> { ring.append(TablesTests.entry(port, expiry: UInt64(port))) }
    #expect(ring.nextDeadline == .epoch + .seconds(1))
    ring.remove(0)
    ring.remove(0)
    #expect(ring.count == 2)
    #expect(ring.nextExpired(at: .epoch + .seconds(1)) == nil)
    #expect(ring.nextDeadline == .epoch + .seconds(2))
    #expect(ring.nextExpired(at: .epoch + .seconds(5))?.entry.key.peerPort == 2)
    #expect(ring.nextExpired(at: .epoch + .seconds(5))?.entry.key.peerPort == 3)
    #expect(ring.nextExpired(at: .epoch + .seconds(5)) == nil)
    #expect(ring.nextDeadline == .never)
    #expect(ring.count == 0)
  }

  @Test func `A full ring gives up its oldest`() {
    var ring = TimeWaits(capacity: 2)
    for port in 1...2 as ClosedRange<UInt16> { ring.append(TablesTests.entry(port, expiry: 9)) }
    let (place, evicted) = ring.next
    #expect(evicted?.key.peerPort == 1)
    ring.append(TablesTests.entry(3, expiry: 9))
    #expect(ring[place]?.key.peerPort == 3)
    #expect(ring.count == 2)
    #expect(ring.next.evicted?.key.peerPort == 2)
  }

  @Test func `A gap in a full ring is given up before anything that is remembered`() {
    var ring = TimeWaits(capacity: 2)
    for port in 1...2 as ClosedRange<UInt16> { ring.append(TablesTests.entry(port, expiry: 9)) }
    ring.remove(0)
    #expect(ring.next.evicted == nil)
    ring.append(TablesTests.entry(3, expiry: 9))
    #expect(ring.count == 2)
    #expect(ring[1]?.key.peerPort == 2)
  }

  @Test func `One whose time was extended keeps the younger ones waiting`() {
    var ring = TimeWaits(capacity: 2)
    for port in 1...2 as ClosedRange<UInt16> { ring.append(TablesTests.entry(port, expiry: UInt64(port))) }
    ring.update(0, TablesTests.entry(1, expiry: 10).block)
    #expect(ring.nextExpired(at: .epoch + .seconds(5)) == nil)
    #expect(ring.nextDeadline == .epoch + .seconds(10))
    #expect(ring.nextExpired(at: .epoch + .seconds(10))?.entry.key.peerPort == 1)
    #expect(ring.nextExpired(at: .epoch + .seconds(10))?.entry.key.peerPort == 2)
  }

  @Test(arguments: 1...5)
  func `The ring does what a list does`(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    var ring = TimeWaits(capacity: 5)
    var model: [(place: Int, port: UInt16, expiry: UInt64)] = []
    var now: UInt64 = 0
    for port in 1...500 as ClosedRange<UInt16> {
      switch Int.random(in: 0..<3, using: &random) {
      case 0:
        let (place, evicted) = ring.next
        if let evicted { #expect(model.removeFirst().port == evicted.key.peerPort, "\(random)") }
        ring.append(TablesTests.entry(port, expiry: now + 60))
        model.append((place, port, now + 60))
      case 1:
        guard let index = model.indices.randomElement(using: &random) else { continue }
        ring.remove(model.remove(at: index).place)
      default:
        now += UInt64.random(in: 0..<40, using: &random)
        while let expired = ring.nextExpired(at: .epoch + .seconds(now)) {
          let first = model.removeFirst()
          #expect(first.port == expired.entry.key.peerPort && first.place == expired.index, "\(random)")
        }
        #expect(model.allSatisfy { $0.expiry > now }, "\(random)")
      }
      #expect(ring.count == model.count, "\(random)")
      for entry in model { #expect(ring[entry.place]?.key.peerPort == entry.port, "\(random)") }
    }
  }
}
