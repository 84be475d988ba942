import Glibc
import SystemPackage

/// Another program, run beside this one without input.
package struct ChildProcess: Sendable {
  /// Its number.
  package let identifier: Int32

  /// Starts a program that is searched for in `PATH`. No signal is kept away from it.
  /// - Parameters:
  ///   - arguments: its name and what stands behind it; at least the name.
  ///   - isHeard: whether its output goes where ours goes, or is thrown away.
  package init(_ arguments: [String], isHeard: Bool = false) throws(SystemError) {
    let name = arguments.first ?? ""
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    for descriptor in isHeard ? [STDIN_FILENO] : [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      unsafe posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    var none = SignalSet().bits
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
    defer { unsafe words.forEach { unsafe free($0) } }
    var child: pid_t = 0
    let code = unsafe posix_spawnp(&child, name, &actions, &attributes, &words, environ)
    guard code == 0 else { throw SystemError("run \(name)", Errno(rawValue: code)) }
    identifier = child
  }

  /// Waits for its end; to be called once.
  /// - Returns: its exit status, or 128 and the signal that ended it.
  package func wait() -> Int32 {
    var status: Int32 = 0
    while unsafe waitpid(identifier, &status, 0) < 0 {
      guard lastError == .interrupted else { return 127 }
    }
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }

  /// Its exit status as `wait` tells it, once it has ended; nil until then. To be asked until it says so, and not after.
  package func status() -> Int32? {
    var status: Int32 = 0
    guard unsafe waitpid(identifier, &status, WNOHANG) == identifier else { return nil }
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }

  /// Ends it at once.
  package func kill() {
    _ = Glibc.kill(identifier, SIGKILL)
  }

  /// Whether a program ran to a successful end; false when there is none of this name.
  package static func succeeds(_ arguments: [String]) -> Bool {
    guard let child = try? ChildProcess(arguments) else { return false }
    return child.wait() == 0
  }
}
