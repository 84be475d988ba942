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
