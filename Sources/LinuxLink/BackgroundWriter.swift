import CLinux
import Glibc
import Synchronization
import SystemPackage

/// A thread that appends to a file whatever lines it is handed, so that whoever has something to write never waits for the
/// disk, nor for this thread.
package final class BackgroundWriter: Sendable {
  private struct State {
    var waiting: [UInt8] = []
    var isClosing = false
    var isToReopen = false
  }

  private let state = Mutex(State())
  private let path: String
  private let descriptor: Mutex<FileDescriptor>
  private let work: Descriptor
  private let thread = Mutex<pthread_t?>(nil)

  /// Bytes that may wait; beyond them nothing is taken.
  package static let capacity = 1 << 20

  /// Opens a file for appending, and starts the thread.
  /// - Parameter path: the file; `-` is the standard output.
  package init(path: String) throws(SystemError) {
    self.path = path
    descriptor = Mutex(try BackgroundWriter.open(path))
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

  private static func open(_ path: String) throws(SystemError) -> FileDescriptor {
    if path == "-" { return .standardOutput }
    do {
      return try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.append, .create, .closeOnExec],
        permissions: [.ownerReadWrite, .groupRead])
    } catch {
      throw SystemError("write to \(path)", error as? Errno ?? .ioError)
    }
  }

  /// Takes bytes to be written.
  /// - Returns: how many were taken: fewer than there are when too many wait, and none at a moment when the thread looks
  ///   for what there is. The rest can be offered again.
  package func append(_ bytes: RawSpan) -> Int {
    let taken = state.withLockIfAvailable { state in
      let count = min(BackgroundWriter.capacity - state.waiting.count, bytes.byteCount)
      guard count > 0 else { return 0 }
      unsafe bytes.extracting(first: count).withUnsafeBytes { unsafe state.waiting += $0 }
      return count
    }
    guard let taken, taken > 0 else { return 0 }
    signal()
    return taken
  }

  /// Opens the file anew under its name, as after it was moved away. Where that fails the old one is written on.
  package func reopen() {
    state.withLock { $0.isToReopen = true }
    signal()
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
    _ = unsafe Glibc.write(work.number, &one, 8)
  }

  private func run() {
    SignalSet.all.block()
    while true {
      var count: UInt64 = 0
      _ = unsafe read(work.number, &count, 8)
      let (bytes, isClosing, isToReopen) = state.withLock { state in
        defer { (state.waiting, state.isToReopen) = ([], false) }
        return (state.waiting, state.isClosing, state.isToReopen)
      }
      write(bytes, isToReopen: isToReopen)
      if isClosing, bytes.isEmpty { return }
      if isClosing { signal() }
    }
  }

  /// Writes bytes. Those up to the last end of a line still belong to the file that is left, if one is. A full disk or a
  /// reader that went away loses lines, and nothing else.
  private func write(_ bytes: [UInt8], isToReopen: Bool) {
    let end = isToReopen ? (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1 : bytes.count
    descriptor.withLock { descriptor in
      if end > 0 { _ = try? descriptor.writeAll(bytes[..<end]) }
      if isToReopen, path != "-", let new = try? BackgroundWriter.open(path) {
        try? descriptor.close()
        descriptor = new
      }
      if end < bytes.count { _ = try? descriptor.writeAll(bytes[end...]) }
    }
  }
}
