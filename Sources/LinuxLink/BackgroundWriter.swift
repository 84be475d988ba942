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
    var lost: UInt64 = 0
  }

  private let state = Mutex(State())
  private let path: String
  private let complain: @Sendable (SystemError) -> Void
  private let descriptor: Mutex<FileDescriptor>
  private let work: Descriptor
  private let ended: Descriptor
  private let thread = Mutex<pthread_t?>(nil)

  /// Seconds that a reader which reads nothing, or a disk that does not answer, may hold up the end.
  package static let patience: Int32 = 5

  /// Lines that could not be written.
  package var lost: UInt64 { state.withLock { $0.lost } }

  /// Bytes that may wait; beyond them nothing is taken.
  package static let capacity = 1 << 20

  /// Opens a file for appending, and starts the thread.
  /// - Parameters:
  ///   - path: the file; `-` is the standard output.
  ///   - complain: told, on that thread, why the file could not be opened anew.
  package init(path: String, complain: @escaping @Sendable (SystemError) -> Void = { _ in }) throws(SystemError) {
    self.path = path
    self.complain = complain
    descriptor = Mutex(try BackgroundWriter.open(path))
    work = Descriptor(owning: try check(clinux_semaphore(), "make a semaphore"))
    ended = Descriptor(owning: try check(clinux_semaphore(), "make a semaphore"))
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
      // Opening a pipe that nobody reads would wait for somebody who does.
      let file = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.append, .create, .closeOnExec, .nonBlocking],
        permissions: [.ownerReadWrite, .groupRead])
      _ = fcntl(file.rawValue, F_SETFL, O_APPEND)
      return file
    } catch Errno.noSuchAddressOrDevice {
      throw SystemError(
        "write to \(path)", .noSuchAddressOrDevice, advice: "  nobody reads this pipe: start its reader")
    } catch {
      throw .appending(to: path, error as? Errno ?? .ioError)
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
    signal(work)
    return taken
  }

  /// Opens the file anew under its name, as after it was moved away. Where that fails the old one is written on.
  package func reopen() {
    state.withLock { $0.isToReopen = true }
    signal(work)
  }

  /// Writes what waits, and ends the thread. A thread that cannot write for `patience` seconds is left behind.
  package func close() {
    state.withLock { $0.isClosing = true }
    signal(work)
    let started = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    guard let started else { return }
    var end = pollfd(fd: ended.number, events: Int16(POLLIN), revents: 0)
    if unsafe poll(&end, 1, BackgroundWriter.patience * 1_000) > 0 {
      pthread_join(started, nil)
    } else {
      pthread_detach(started)
    }
  }

  private func signal(_ semaphore: borrowing Descriptor) {
    var one: UInt64 = 1
    _ = unsafe Glibc.write(semaphore.number, &one, 8)
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
      if isClosing, bytes.isEmpty { return signal(ended) }
      if isClosing { signal(work) }
    }
  }

  /// Writes bytes. Those up to the last end of a line still belong to the file that is left, if one is. A full disk or a
  /// reader that went away loses lines, and nothing else.
  private func write(_ bytes: [UInt8], isToReopen: Bool) {
    let end = isToReopen ? (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1 : bytes.count
    descriptor.withLock { descriptor in
      if end > 0 { write(bytes[..<end], to: descriptor) }
      if isToReopen, path != "-" {
        do throws(SystemError) {
          let new = try BackgroundWriter.open(path)
          try? descriptor.close()
          descriptor = new
        } catch {
          complain(error)
        }
      }
      if end < bytes.count { write(bytes[end...], to: descriptor) }
    }
  }

  private func write(_ bytes: ArraySlice<UInt8>, to descriptor: FileDescriptor) {
    var rest = bytes
    while !rest.isEmpty {
      let count = (try? unsafe rest.withUnsafeBytes { try unsafe descriptor.write($0) }) ?? 0
      guard count > 0 else {
        let lines = rest.count { $0 == UInt8(ascii: "\n") }
        return state.withLock { $0.lost += UInt64(lines) }
      }
      rest = rest.dropFirst(count)
    }
  }
}
