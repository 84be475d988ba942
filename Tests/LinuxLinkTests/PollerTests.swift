import Foundation
import LinuxLink
import Testing
import Time

/// Waiting for descriptors and for the time. A pipe stands in for a device.
struct PollerTests {
  private static let soon = MonotonicClock().now + .seconds(10)

  @Test func `A deadline that is past only looks`() {
    var poller = Poller()
    let pipe = Pipe()
    _ = poller.watch(pipe.fileHandleForReading.fileDescriptor)
    let ready = poller.wait(until: .epoch)
    #expect(ready.isEmpty)
  }

  @Test func `Waiting lasts until the deadline and no less`() {
    var poller = Poller()
    let deadline = MonotonicClock().now + .milliseconds(2)
    let ready = poller.wait(until: deadline)
    #expect(ready.isEmpty)
    #expect(MonotonicClock().now >= deadline)
  }

  @Test func `The descriptor that has something is named, and no other`() throws {
    var poller = Poller()
    let pipes = [Pipe(), Pipe(), Pipe()]
    let members = pipes.map { poller.watch($0.fileHandleForReading.fileDescriptor) }
    try pipes[1].fileHandleForWriting.write(contentsOf: [1])
    let ready = poller.wait(until: .never)
    #expect(ready == members[1])
  }

  @Test func `A descriptor is ready for writing only when asked about it`() {
    var poller = Poller()
    let pipe = Pipe()
    let member = poller.watch(pipe.fileHandleForWriting.fileDescriptor)
    let asked = poller.wait(until: PollerTests.soon, orWritable: member)
    let unasked = poller.wait(until: .epoch)
    #expect(asked == member)
    #expect(unasked.isEmpty)
  }

  @Test func `A broken descriptor is ready and says so`() throws {
    var poller = Poller()
    let pipe = Pipe()
    let member = poller.watch(pipe.fileHandleForReading.fileDescriptor)
    try pipe.fileHandleForWriting.close()
    let ready = poller.wait(until: PollerTests.soon)
    #expect(ready == [member, .broken])
  }

  @Test func `A descriptor that is ignored is not waited for`() throws {
    var poller = Poller()
    let pipe = Pipe()
    let member = poller.watch(pipe.fileHandleForReading.fileDescriptor)
    try pipe.fileHandleForWriting.write(contentsOf: [1])
    poller.ignore(member)
    let ready = poller.wait(until: .epoch)
    #expect(ready.isEmpty)
  }
}
