import Foundation
import LinuxLink
import Testing
import Time

struct ProcessWatchTests {
  @Test func `A process that ends is noticed`() throws {
    let child = try ChildProcess(["tail", "-f", "/dev/null"])
    let watch = try needed(ProcessWatch(process: child.identifier))
    let events = try EventQueue()
    try events.watch(watch.descriptorNumber, as: 7)
    let before = events.wait(until: .epoch)
    #expect(before.isEmpty)
    child.kill()
    let after = events.wait(until: MonotonicClock().now + .seconds(10))
    #expect(after == [7])
    _ = child.wait()
    let isThere = ProcessWatch(process: child.identifier) != nil
    #expect(!isThere)
  }

  @Test func `A process is known by when it was started`() throws {
    let child = try ChildProcess(["tail", "-f", "/dev/null"])
    let first = try needed(ProcessWatch(process: child.identifier)).start
    let again = try needed(ProcessWatch(process: child.identifier)).start
    let own = try needed(ProcessWatch(process: getpid())).start
    child.kill()
    _ = child.wait()
    #expect(first == again)
    #expect(own <= first)
  }
}
