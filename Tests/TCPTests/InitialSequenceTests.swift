import TCP
import Testing
import Time
import Wire

/// Initial sequence numbers (RFC 6528 §3).
struct InitialSequenceTests {
  static let numbers = InitialSequence(hash: SipHash(key0: 1, key1: 2))

  static func number(_ ports: UInt32 = 1, at nanoseconds: UInt64 = 0) -> SequenceNumber {
    numbers.number(addresses: 7, ports: ports, at: Instant(nanoseconds: nanoseconds))
  }

  @Test func `The number rises by one every four microseconds`() {
    let first = InitialSequenceTests.number(at: 0)
    #expect(InitialSequenceTests.number(at: 3_999) == first)
    #expect(InitialSequenceTests.number(at: 4_000) == first + 1)
    #expect(InitialSequenceTests.number(at: 1_000_000_000) == first + 250_000)
  }

  @Test func `After 4.8 hours the numbers begin again`() {
    #expect(InitialSequenceTests.number(at: 4_000 << 32) == InitialSequenceTests.number(at: 0))
  }

  @Test func `Other ports, other addresses and other secrets have other numbers`() {
    let other = InitialSequence(hash: SipHash(key0: 1, key1: 3))
    let numbers = [
      InitialSequenceTests.number(1), InitialSequenceTests.number(2), InitialSequenceTests.number(1 << 16),
      InitialSequenceTests.numbers.number(addresses: 8, ports: 1, at: .epoch),
      other.number(addresses: 7, ports: 1, at: .epoch),
    ]
    #expect(Set(numbers).count == numbers.count)
  }
}
