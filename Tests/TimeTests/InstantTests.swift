import Testing
import Time

/// Points in time.
struct InstantTests {
  @Test func `An interval later is that much later`() {
    #expect((Instant.epoch + .seconds(2)).nanoseconds == 2_000_000_000)
    #expect(Instant(nanoseconds: 5) + .zero == Instant(nanoseconds: 5))
  }

  @Test func `What lies beyond the range is never`() {
    let last = Instant(nanoseconds: .max - 1)
    #expect(last + Interval(nanoseconds: 1) == .never)
    #expect(last + Interval(nanoseconds: 2) == .never)
    #expect(last + Interval(nanoseconds: .max) == .never)
  }

  @Test func `Never stays never`() {
    #expect(Instant.never + .zero == .never)
    #expect(Instant.never + .seconds(1) == .never)
  }

  @Test func `The time since an earlier instant is the distance`() {
    #expect(Instant(nanoseconds: 700).since(Instant(nanoseconds: 300)) == Interval(nanoseconds: 400))
    #expect(Instant.never.since(.epoch) == Interval(nanoseconds: .max))
  }

  @Test func `The time since a later instant is zero`() {
    #expect(Instant(nanoseconds: 300).since(Instant(nanoseconds: 700)) == .zero)
    #expect(Instant.epoch.since(.never) == .zero)
    #expect(Instant.epoch.since(.epoch) == .zero)
  }

  @Test(arguments: [0, 1, 1 << 31, 1 << 32, 1 << 63, UInt64.max - 1] as [UInt64])
  func `Adding what has passed leads back`(nanoseconds: UInt64) {
    let (early, late) = (Instant(nanoseconds: nanoseconds), Instant(nanoseconds: nanoseconds + 1))
    #expect(early + late.since(early) == late)
  }

  @Test func `Instants are ordered from earlier to later`() {
    let ordered: [Instant] = [.epoch, Instant(nanoseconds: 1), Instant(nanoseconds: 1 << 63), .never]
    #expect(ordered.reversed().sorted() == ordered)
    #expect(!(Instant.never < .never))
  }
}
