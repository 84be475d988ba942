import Glibc
package import SystemPackage

/// A request the kernel refused: what was to be done, why it was not, and, where something helps, what to type.
package struct SystemError: Error, Equatable, CustomStringConvertible {
  /// What was to be done, so that it can follow "cannot": `open site.cheetah`.
  package let operation: String
  /// Why the kernel refused.
  package let code: Errno
  /// What a person can do about it; nil where the reason says it all.
  package let advice: String?

  /// Describes a failure.
  package init(_ operation: String, _ code: Errno, advice: String? = nil) {
    self.operation = operation
    self.code = code
    self.advice = advice
  }

  /// A file that may not be appended to, with what to type where the user is the reason.
  static func appending(to path: String, _ code: Errno) -> SystemError {
    let user = UserNames.user(UserNames.own)
    let advice: String? =
      switch code {
      case .permissionDenied:
        "  \(user) may not; make the file for that user:  sudo install -m 640 -o \(user) /dev/null \(path)"
      case .noSuchFileOrDirectory: "  make its directory:  mkdir -p \(folder(of: path))"
      case .isDirectory: "  name a file in it:  \(path)/access.log"
      default: nil
      }
    return SystemError("write to \(path)", code, advice: advice)
  }

  /// The directory that a file is in.
  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  }

  /// One sentence, and the advice on a line of its own.
  package var description: String {
    let sentence = "cannot \(operation): \(code)"
    return advice.map { "\(sentence)\n\($0)" } ?? sentence
  }
}

/// Turns the `-errno` of a CLinux function into an error.
/// - Returns: the result when it is not negative.
@discardableResult
func check(_ result: Int32, _ operation: @autoclosure () -> String) throws(SystemError) -> Int32 {
  guard result >= 0 else { throw SystemError(operation(), Errno(rawValue: -result)) }
  return result
}

/// The reason of the last failed call into the C library on this thread.
var lastError: Errno { Errno(rawValue: errno) }
