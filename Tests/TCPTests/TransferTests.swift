import TestKit
import Testing

/// Whole connections over links that lose, delay, double and damage.
struct TransferTests {
  @Test(arguments: 0..<10)
  func `Whatever the link does, everything arrives and nothing is left`(part: UInt64) {
    for seed in (part * 60)..<(part * 60 + 60) {
      let transfer = SimulatedTransfer(seed: seed)
      do {
        _ = try transfer.run()
      } catch {
        Issue.record("seed \(seed): \(error)")
      }
    }
  }

  @Test(
    arguments: [
      // The window opened without a word while text was in flight: it was probed for ever instead.
      43_501,
      // All in flight was taken for lost, and then a duplicate took that back: no timer ran.
      68_912,
    ] as [UInt64])
  func `What once stood still goes on`(seed: UInt64) throws {
    _ = try SimulatedTransfer(seed: seed).run()
  }
}
