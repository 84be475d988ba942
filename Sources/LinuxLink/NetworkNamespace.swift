import CLinux
import Glibc
import SystemPackage

/// A network of the process's own: interfaces, addresses and routes that nobody else sees, gone with the process
/// (network_namespaces(7)).
package enum NetworkNamespace {
  /// Moves the process into a fresh network namespace whose loopback is up. Without privileges it becomes root of a user
  /// namespace around it, where the kernel lets users do that. To be called before any thread is started.
  package static func enterFresh() throws(SystemError) {
    let (user, group) = (geteuid(), getegid())
    let isPrivileged = Privileges.effective.contains([.systemAdministration, .networkAdministration])
    let result = clinux_unshare_network(isPrivileged ? 0 : 1)
    guard result >= 0 else {
      throw SystemError("make a network namespace", Errno(rawValue: -result), advice: NetworkNamespace.advice)
    }
    if !isPrivileged {
      try write("deny", to: "/proc/self/setgroups")
      try write("0 \(user) 1", to: "/proc/self/uid_map")
      try write("0 \(group) 1", to: "/proc/self/gid_map")
    }
    try NetworkInterface.bringUp("lo")
  }

  private static let advice = """
      as root:          sudo cheetah demo
      or allow users:   sudo sysctl kernel.unprivileged_userns_clone=1 kernel.apparmor_restrict_unprivileged_userns=0
    """

  private static func write(_ text: String, to path: String) throws(SystemError) {
    do {
      let file = try FileDescriptor.open(FilePath(path), .writeOnly)
      defer { try? file.close() }
      try file.writeAll(text.utf8)
    } catch {
      throw SystemError("write \(path)", error as? Errno ?? .ioError)
    }
  }
}
