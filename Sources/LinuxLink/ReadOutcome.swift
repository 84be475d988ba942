package import SystemPackage

/// How the read of a block ended.
package enum ReadOutcome: Equatable, Sendable {
  /// All bytes that were asked for are there.
  case filled
  /// The file ends inside the block, after so many of its bytes: it was cut off.
  case short(Int)
  /// The kernel or the disk refused.
  case failed(Errno)
}

extension ReadOutcome: CustomStringConvertible {
  /// What to write into a log, to follow the number of the block.
  package var description: String {
    switch self {
    case .filled: "read"
    case .short(let count): "cut off after \(count) bytes"
    case .failed(let code): "not readable: \(code)"
    }
  }
}
