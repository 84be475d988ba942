import CLinux
import Glibc
import Synchronization
import SystemPackage

/// A thread that appends to a file whatever lines it is handed, so that whoever has something to write never waits for the
/// disk, nor for this thread.
package final class BackgroundWriter: Sendable {
  private struct State {
    var waiting: [UInt8] = []
    /// What the thread is writing.
    var inHand: [UInt8] = []
    var isClosing = false
    var isToReopen = false
    var lost: UInt64 = 0
  }

  /// The file, and where in a line it stands.
  private struct Output {
    var file: FileDescriptor
    /// Whether the last line in the file is not at its end.
    var endsInside = false
    /// Whether the rest of that line is lost.
    var isCut = false
    /// Whether what comes next belongs to a line that is lost.
    var isSkipping = false
  }

  private let state = Mutex(State())
  private let path: String
  private let complain: @Sendable (SystemError) -> Void
  private let output: Mutex<Output>
  private let work: Descriptor
  private let ended: Descriptor
  private let thread = Mutex<WorkerThread?>(nil)

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
    output = Mutex(Output(file: try BackgroundWriter.open(path)))
    work = Descriptor(owning: try check(clinux_semaphore(), "make a semaphore"))
    ended = Descriptor(owning: try check(clinux_semaphore(), "make a semaphore"))
    let started = try WorkerThread(name: "cheetah-write") { self.run() }
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

  /// Takes the last bytes, which nobody will offer again: all of them, however many wait.
  /// - Returns: how many that are.
  package func appendLast(_ bytes: RawSpan) -> Int {
    state.withLock { state in unsafe bytes.withUnsafeBytes { unsafe state.waiting += $0 } }
    signal(work)
    return bytes.byteCount
  }

  /// Opens the file anew under its name, as after it was moved away. Where that fails the old one is written on.
  package func reopen() {
    state.withLock { $0.isToReopen = true }
    signal(work)
  }

  /// Writes what waits, and ends the thread. A thread that cannot write for `patience` seconds is left behind, and its lines
  /// count as lost.
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
      started.join()
    } else {
      state.withLock {
        $0.lost += BackgroundWriter.lineCount(of: $0.waiting[...]) + BackgroundWriter.lineCount(of: $0.inHand[...])
      }
      started.leave()
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
        defer { state.isToReopen = false }
        (state.inHand, state.waiting) = (state.waiting, [])
        return (state.inHand, state.isClosing, state.isToReopen)
      }
      write(bytes, isToReopen: isToReopen)
      state.withLock { $0.inHand = [] }
      if isClosing, bytes.isEmpty { return signal(ended) }
      if isClosing { signal(work) }
    }
  }

  /// Writes bytes. Those up to the last end of a line still belong to the file that is left, if one is. A full disk or a
  /// reader that went away loses lines, and nothing else.
  private func write(_ bytes: [UInt8], isToReopen: Bool) {
    let end = isToReopen ? (bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1 : bytes.count
    output.withLock { output in
      if end > 0 { write(bytes[..<end], to: &output) }
      if isToReopen, path != "-" {
        do throws(SystemError) {
          let new = try BackgroundWriter.open(path)
          try? output.file.close()
          output = Output(file: new, isSkipping: output.isSkipping)
        } catch {
          complain(error)
        }
      }
      if end < bytes.count { write(bytes[end...], to: &output) }
    }
  }

  /// Writes bytes; those that cannot be written are lost, with all of the line that they break off in. A line of which a piece was
  /// written before ends there.
  private func write(_ bytes: ArraySlice<UInt8>, to output: inout Output) {
    var rest = bytes
    if output.isSkipping {
      guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return }
      lose(rest[...end])
      rest = rest[(end + 1)...]
      output.isSkipping = false
    }
    if output.isCut, !rest.isEmpty {
      guard (try? output.file.writeAll([UInt8(ascii: "\n")])) == 1 else { return fail(rest, &output) }
      (output.isCut, output.endsInside) = (false, false)
    }
    while !rest.isEmpty {
      let count = (try? unsafe rest.withUnsafeBytes { try unsafe output.file.write($0) }) ?? 0
      guard count > 0 else { return fail(rest, &output) }
      output.endsInside = rest[rest.startIndex + count - 1] != UInt8(ascii: "\n")
      rest = rest.dropFirst(count)
    }
  }

  private func fail(_ rest: ArraySlice<UInt8>, _ output: inout Output) {
    lose(rest)
    output.isCut = output.endsInside
    output.isSkipping = rest.last != UInt8(ascii: "\n")
  }

  private func lose(_ bytes: ArraySlice<UInt8>) {
    state.withLock { $0.lost += BackgroundWriter.lineCount(of: bytes) }
  }

  private static func lineCount(of bytes: ArraySlice<UInt8>) -> UInt64 {
    UInt64(bytes.count { $0 == UInt8(ascii: "\n") })
  }
}
