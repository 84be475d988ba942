import CLinux
import Glibc
import Synchronization
package import SystemPackage

/// A thread that writes to a file whatever it is handed, so that whoever has something to write never waits for the disk.
package final class BackgroundWriter: Sendable {
  private struct State {
    var waiting: [UInt8] = []
    var isClosing = false
  }

  private let state = Mutex(State())
  private let descriptor: FileDescriptor
  private let work: Descriptor
  private let thread = Mutex<pthread_t?>(nil)

  /// Bytes that may wait; beyond them nothing is taken.
  package static let capacity = 1 << 20

  /// Starts the thread.
  /// - Parameter descriptor: what it writes to. It stays open.
  package init(_ descriptor: FileDescriptor) throws(SystemError) {
    self.descriptor = descriptor
    work = Descriptor(owning: try check(clinux_semaphore(), "make a semaphore"))
    var identifier = pthread_t()
    let context = unsafe Unmanaged.passRetained(self)
    let code = unsafe pthread_create(
      &identifier, nil,
      { context in
        guard let context = unsafe context else { return nil }
        unsafe Unmanaged<BackgroundWriter>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, context.toOpaque())
    guard code == 0 else {
      unsafe context.release()
      throw SystemError("start a thread that writes", Errno(rawValue: code))
    }
    let started = identifier
    thread.withLock { $0 = started }
  }

  /// Takes bytes to be written.
  /// - Returns: how many were taken: fewer than there are when too many wait.
  package func append(_ bytes: RawSpan) -> Int {
    let room = state.withLock { BackgroundWriter.capacity - $0.waiting.count }
    let count = min(room, bytes.byteCount)
    guard count > 0 else { return 0 }
    let taken = unsafe bytes.extracting(first: count).withUnsafeBytes { unsafe Array($0) }
    state.withLock { $0.waiting += taken }
    signal()
    return count
  }

  /// Writes what waits, and ends the thread.
  package func close() {
    state.withLock { $0.isClosing = true }
    signal()
    let started = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    if let started { pthread_join(started, nil) }
  }

  private func signal() {
    var one: UInt64 = 1
    _ = unsafe write(work.number, &one, 8)
  }

  private func run() {
    SignalSet.all.block()
    while true {
      var count: UInt64 = 0
      _ = unsafe read(work.number, &count, 8)
      let (bytes, isClosing) = state.withLock { state in
        defer { state.waiting = [] }
        return (state.waiting, state.isClosing)
      }
      // A full disk or a reader that went away loses lines, and nothing else.
      if !bytes.isEmpty { _ = try? descriptor.writeAll(bytes) }
      if isClosing, bytes.isEmpty { return }
      if isClosing { signal() }
    }
  }
}
