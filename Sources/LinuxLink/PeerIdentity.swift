import CLinux
import Glibc
import SystemPackage

/// A process at the other end of a local socket, as the kernel vouches for it.
package struct PeerIdentity: Equatable, Sendable {
  /// The process.
  package let process: Int32
  /// The user it ran as when it connected.
  package let user: UInt32
  /// The groups of that user, the first among them.
  package let groups: [UInt32]

  /// The user's name, or its number where it has none.
  package var userName: String { UserNames.user(user) }

  /// The groups' names, or their numbers.
  package var groupNames: Set<String> { Set(groups.map(UserNames.group)) }
}

/// The names of users and groups (getpwuid_r(3), getgrgid_r(3)).
package enum UserNames {
  /// The number of the user that this process runs as.
  package static var own: UInt32 { geteuid() }

  /// The name of a user, or its number.
  package static func user(_ number: UInt32) -> String {
    guard let entry = unsafe getpwuid(number), let name = unsafe entry.pointee.pw_name else { return "\(number)" }
    return unsafe String(cString: name)
  }

  /// The name of a group, or its number.
  package static func group(_ number: UInt32) -> String {
    guard let entry = unsafe getgrgid(number), let name = unsafe entry.pointee.gr_name else { return "\(number)" }
    return unsafe String(cString: name)
  }
}
