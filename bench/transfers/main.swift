import Glibc
import TestKit

/// Plays simulated transfers: `transfers FIRST COUNT`, of the seeds from FIRST on.
///
/// Ends with `N passed, M failed` and fails when any has.
let arguments = CommandLine.arguments
guard arguments.count == 3, let first = UInt64(arguments[1]), let count = UInt64(arguments[2]) else {
  print("usage: transfers FIRST COUNT")
  exit(2)
}
var (passed, failed, segments, repeated) = (0, 0, 0, 0)
for seed in first..<(first + count) {
  do {
    let outcome = try SimulatedTransfer(seed: seed).run()
    passed += 1
    segments += outcome.segmentCount
    repeated += outcome.retransmissionCount
  } catch {
    failed += 1
    print("seed \(seed): \(error)")
  }
}
print("\(segments) segments, \(repeated) of them once more")
print("\(passed) passed, \(failed) failed")
exit(failed == 0 ? 0 : 1)
