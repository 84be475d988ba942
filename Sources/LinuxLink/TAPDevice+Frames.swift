import Glibc
package import Link
import SystemPackage

extension TAPDevice {
  /// The next frame, valid until the next call; nil when none has come.
  @_lifetime(&self)
  package mutating func receive() -> ReceivedFrame? {
    let count = reader.read(from: descriptor)
    guard count > 0 else {
      if count < 0 { _ = mustWait(lastError) }
      return nil
    }
    counters.framesIn &+= 1
    counters.bytesIn &+= UInt64(count)
    return reader.frame(of: count)
  }

  /// Sends a frame at once.
  ///
  /// An interface that is switched off refuses every frame (EIO). Such a frame is lost as on a cable that is pulled out,
  /// and counted as an error; whoever sent it sends it again.
  package mutating func transmit(_ frame: borrowing OutgoingFrame) -> Bool {
    guard writer.write(frame, to: descriptor) < 0 else {
      counters.framesOut &+= 1
      counters.bytesOut &+= UInt64(frame.byteCount)
      return true
    }
    guard mustWait(lastError) else { return true }
    counters.refused &+= 1
    return false
  }

  /// Does nothing: every frame is gone when `transmit` returns.
  package mutating func flush() {}

  /// Whether the kernel only asked to come back later; any other reason is counted as an error.
  private mutating func mustWait(_ code: Errno) -> Bool {
    guard code != .resourceTemporarilyUnavailable else { return true }
    counters.errors &+= 1
    if code.rawValue == EBADFD { isLost = true }
    return false
  }
}
