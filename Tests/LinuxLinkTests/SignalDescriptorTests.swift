import Foundation
import LinuxLink
import Testing
import Time

/// Signals that are read. `raise` sends to the calling thread, which keeps them away from itself.
struct SignalDescriptorTests {
  @Test func `A signal waits until it is read`() throws {
    let signals = try SignalDescriptor()
    var poller = Poller()
    let member = poller.watch(signals.descriptorNumber)
    let none = signals.next()
    #expect(none == nil)
    for (number, signal) in [(SIGHUP, Signal.hangUp), (SIGUSR1, .user1), (SIGTERM, .terminate), (SIGINT, .interrupt)] {
      raise(number)
      let ready = poller.wait(until: MonotonicClock().now + .seconds(10))
      #expect(ready == member)
      let next = signals.next()
      #expect(next == signal)
    }
    let rest = signals.next()
    #expect(rest == nil)
  }
}
