import LinuxLink
import Logging
import Server
import Synchronization

/// The file of the access log, written by a thread of its own.
struct LogFile {
  private let writer: BackgroundWriter
  private let turn = Turn()

  /// Who hands over lines. What waits of a worker may be in two pieces, with half a line at the end of the first.
  private final class Turn: Sendable {
    let place = Mutex<Void>(())
  }

  /// Opens the log for appending; `-` is the standard output.
  init(path: String, logger: Logger) throws(CommandFailure) {
    writer = try CommandFailure.catching { () throws(SystemError) in
      try BackgroundWriter(path: path) { logger.error("the old log is written on: \($0)") }
    }
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

  /// Hands over the last lines of a worker.
  func drainLast(_ log: inout AccessLog) {
    turn.place.withLock { _ in
      while !log.isEmpty {
        let count = writer.appendLast(log.waiting())
        log.consume(count)
      }
    }
  }

  /// Opens the file anew under its name, after it was moved away.
  func reopen() {
    writer.reopen()
  }

  /// Lines that could not be written.
  var lost: UInt64 { writer.lost }

  /// Writes what waits, and ends.
  func close() {
    writer.close()
  }
}
