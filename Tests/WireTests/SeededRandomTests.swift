import TestKit
import Testing

/// The generator of the other tests' randomness.
struct SeededRandomTests {
  @Test func `The sequence is that of SplitMix64`() {
    var random = SeededRandom(exactly: 1_234_567)
    #expect(random.next() == 6_457_827_717_110_365_317)
    #expect(random.next() == 3_203_168_211_198_807_973)
    #expect(random.next() == 9_817_491_932_198_370_423)
  }

  @Test func `The description repeats the sequence`() {
    var random = SeededRandom(exactly: 99)
    _ = random.next()
    #expect(random.description == "CHEETAH_SEED=99")
  }

  @Test(arguments: [("17", 17), ("0xFF", 255), ("", nil), ("seed", nil), ("-1", nil)] as [(String, UInt64?)])
  func `A seed is a decimal or hexadecimal number`(text: String, seed: UInt64?) {
    #expect(SeededRandom.seed(from: text) == seed)
  }

  @Test func `Bytes come in the number asked for`() {
    var random = SeededRandom(seed: 1)
    #expect(random.bytes(count: 0).isEmpty)
    #expect(Set(random.bytes(count: 4_096)).count > 200, "\(random)")
  }
}
