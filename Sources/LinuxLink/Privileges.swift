import CLinux
import Glibc

/// Privileges of a thread, one bit each (capabilities(7)).
package struct Privileges: OptionSet, Sendable {
  /// The bits, in the kernel's order.
  package let rawValue: UInt64

  /// The privileges whose bits are set.
  package init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// CAP_NET_ADMIN: make network interfaces and change them.
  package static let networkAdministration = Privileges(rawValue: 1 << 12)
  /// CAP_SYS_ADMIN: make namespaces, among much else.
  package static let systemAdministration = Privileges(rawValue: 1 << 21)

  /// What the calling thread may do now; nothing where the kernel does not tell.
  package static var effective: Privileges {
    var bits: UInt64 = 0
    let result = unsafe clinux_capabilities(&bits)
    return Privileges(rawValue: result < 0 ? 0 : bits)
  }

  /// CAP_SYS_RESOURCE: raise limits.
  package static let resources = Privileges(rawValue: 1 << 24)

  /// Gives up all privileges for good, also those that executing a file would bring (`no_new_privs`).
  ///
  /// It holds for the calling thread and those that it starts later: to be called when the devices are open and before
  /// the first thread is started. What it may lock of its memory it may go on to lock, for the reads of io_uring.
  /// - Parameter account: whom to go on as; nil for whoever it is.
  package static func dropAll(as account: UserAccount? = nil) throws(SystemError) {
    if effective.contains(.resources) { _ = clinux_lock_without_limit() }
    try check(clinux_forbid_new_privileges(), "renounce new privileges")
    // The bounds stay where there is no privilege to narrow them; there is nothing then that they could let in.
    var number: Int32 = 0
    while clinux_forbid_capability(number) >= 0 { number += 1 }
    try account?.become()
    try check(clinux_drop_capabilities(), "drop privileges")
  }
}
