import Foundation
import LinuxLink

/// The script that makes namespaces, as a person would call it.
enum NamespaceScript {
  /// Whether the kernel makes namespaces for this user, found without the script.
  static let isPossible =
    ChildProcess.succeeds(["unshare", "--net", "true"])
    || ChildProcess.succeeds(["unshare", "--user", "--map-root-user", "--net", "true"])

  /// The status with which the script ends when it runs a line of shell.
  static func status(_ line: String, options: [String] = []) -> Int32? {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let script = root.deletingLastPathComponent().appending(path: "scripts/netns").path
    return try? ChildProcess([script, "run"] + options + ["--", "bash", "-c", line]).wait()
  }
}
