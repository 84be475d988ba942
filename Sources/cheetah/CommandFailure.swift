import ArgumentParser
import LinuxLink
import Pack
import PackBuilder

/// Why a command ends: what failed, why, and what to type.
struct CommandFailure: Error, CustomStringConvertible {
  /// The words.
  let description: String
  /// 1 for a failure, 2 for wrong usage, 3 for a bad pack.
  let exitCode: ExitCode

  /// Something that should have worked did not.
  static func failed(_ description: String) -> CommandFailure {
    CommandFailure(description: description, exitCode: ExitCode(1))
  }

  /// What was asked for makes no sense.
  static func usage(_ description: String) -> CommandFailure {
    CommandFailure(description: description, exitCode: ExitCode(2))
  }

  /// The pack is none, or not whole.
  static func badPack(_ path: String, _ error: PackError) -> CommandFailure {
    CommandFailure(description: "\(path) \(error.sentence)", exitCode: ExitCode(3))
  }

  /// Runs `body`, and turns the errors of the rim into failures.
  static func catching<Result: ~Copyable, Failure: Error & CustomStringConvertible>(
    _ body: () throws(Failure) -> Result
  ) throws(CommandFailure) -> Result {
    do {
      return try body()
    } catch {
      throw .failed(error.description)
    }
  }
}

extension PackError {
  /// What is wrong with the pack, to follow its path.
  var sentence: String {
    switch self {
    case .notAPack: "is not a pack: it does not begin like one\n  make one:   cheetah pack DIRECTORY -o SITE.cheetah"
    case .unknownVersion(let version):
      "is a pack of version \(version); this program reads version \(Superblock.version)\n  pack the site again"
    case .truncated(let expected, let actual):
      "is cut off: it has \(actual) of at least \(expected) bytes\n  copy it again, or pack the site again"
    case .corrupt(let block): "is corrupt: the bytes of block \(block.value) do not match their check (\(place(block)))"
    case .misplaced(let block): "is corrupt: block \(block.value) is not where it belongs (\(place(block)))"
    case .malformed(let block, let offset):
      "is corrupt: block \(block.value) contradicts itself at byte \(offset) (\(place(block)))"
    }
  }

  private func place(_ block: BlockNumber) -> String {
    "offset \(UInt64(block.value) * UInt64(BlockGeometry.byteCount))"
  }
}
