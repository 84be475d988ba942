import LinuxLink
import Server
import Synchronization
import SystemPackage

/// The file of the access log, written by a thread of its own.
struct LogFile {
  private let writer: BackgroundWriter
  private let turn = Turn()

  /// Who hands over lines. What waits of a worker may be in two pieces, with half a line at the end of the first.
  private final class Turn: Sendable {
    let place = Mutex<Void>(())
  }

  /// Opens the log for appending; `-` is the standard output.
  init(path: String) throws(CommandFailure) {
    let descriptor: FileDescriptor
    do {
      descriptor =
        path == "-"
        ? .standardOutput
        : try FileDescriptor.open(
          FilePath(path), .writeOnly, options: [.append, .create, .closeOnExec],
          permissions: [.ownerReadWrite, .groupRead])
    } catch {
      throw .failed("cannot write the access log \(path): \(error)")
    }
    writer = try CommandFailure.catching { () throws(SystemError) in try BackgroundWriter(descriptor) }
  }

  /// Hands over the lines that wait. What the thread does not take now stays for the next time.
  func drain(_ log: inout AccessLog) {
    guard !log.isEmpty else { return }
    turn.place.withLock { _ in
      while !log.isEmpty {
        let count = writer.append(log.waiting())
        guard count > 0 else { return }
        log.consume(count)
      }
    }
  }

  /// Writes what waits, and ends.
  func close() {
    writer.close()
  }
}
