import LinuxLink
import Server

/// The file of the access log, written by a thread of its own.
struct LogFile {
  private let writer: BackgroundWriter

  /// Opens the log for appending; `-` is the standard output.
  init(path: String) throws(CommandFailure) {
    writer = try CommandFailure.catching { () throws(SystemError) in try BackgroundWriter(path: path) }
  }

  /// Hands over the lines that wait. What the thread does not take now stays for the next time.
  func drain(_ log: inout AccessLog) {
    while !log.isEmpty {
      let count = writer.append(log.waiting())
      guard count > 0 else { return }
      log.consume(count)
    }
  }

  /// Opens the file anew under its name, after it was moved away.
  func reopen() {
    writer.reopen()
  }

  /// Writes what waits, and ends.
  func close() {
    writer.close()
  }
}
