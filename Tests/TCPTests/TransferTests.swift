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
}
