import Glibc
import SystemPackage

/// Where words go: results to the standard output, everything else to the standard error.
enum CommandOutput {
  /// A line of a result.
  static func print(_ text: String) {
    write(text + "\n", to: .standardOutput)
  }

  /// A line for the person who runs the command.
  static func error(_ text: String) {
    write(text + "\n", to: .standardError)
  }

  /// Text for the person who runs the command, on the line that is there.
  static func progress(_ text: String) {
    write("\r" + text + "\u{1B}[K", to: .standardError)
  }

  /// Whether a person looks at the standard error.
  static var isTerminal: Bool { isatty(2) == 1 }

  private static func write(_ text: String, to descriptor: FileDescriptor) {
    // A reader that went away is no reason to fail.
    _ = try? descriptor.writeAll(text.utf8)
  }

  /// A number of bytes as people say it.
  static func bytes(_ count: UInt64) -> String {
    let units = ["bytes", "KiB", "MiB", "GiB", "TiB"]
    var (value, unit) = (Double(count), 0)
    while value >= 1_024, unit < units.count - 1 {
      value /= 1_024
      unit += 1
    }
    guard unit > 0 else { return "\(count) bytes" }
    let tenths = UInt64((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) \(units[unit])"
  }
}
