import Foundation
import LinuxLink
import Synchronization
import Testing

/// Privileges, processors and other programs.
struct ProcessTests {
  /// What `body` returns on a thread that ends with it.
  private static func onNewThread<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: body()) }
    }
  }

  @Test(.enabled(if: !Privileges.effective.isEmpty, "this process has no privilege to drop"))
  func `Dropped privileges are gone, on this thread and for good`() async {
    let (after, canMakeTAP) = await ProcessTests.onNewThread {
      try? Privileges.dropAll()
      return (Privileges.effective, (try? TAPDevice(name: nil)) != nil)
    }
    #expect(after.isEmpty)
    #expect(!canMakeTAP)
  }

  @Test func `There is a processor, and a thread may keep to the first of them`() async {
    let count = await ProcessTests.onNewThread {
      try? Processors.pinThread(to: 0)
      return Processors.count
    }
    #expect(Processors.count >= 1)
    #expect(count == 1)
  }

  @Test func `A processor that is not there is an error that names it`() {
    let error = #expect(throws: SystemError.self) { try Processors.pinThread(to: 100_000) }
    #expect(error?.description.contains("processor 100000") == true)
  }

  @Test func `Another program's end is told`() throws {
    #expect(ChildProcess.succeeds(["true"]))
    #expect(!ChildProcess.succeeds(["false"]))
    #expect(!ChildProcess.succeeds(["no-such-program-anywhere"]))
    #expect(try ChildProcess(["bash", "-c", "exit 77"]).wait() == 77)
    #expect(try ChildProcess(["bash", "-c", "kill -TERM $$"]).wait() == 128 + SIGTERM)
  }

  @Test func `The monotonic clock does not go back and the wall clock is of this century`() {
    let clock = MonotonicClock()
    let first = clock.now
    #expect(clock.now >= first)
    #expect(WallClock().unixSeconds > 1_700_000_000)
  }
}
