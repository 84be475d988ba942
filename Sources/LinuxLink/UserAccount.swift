import Glibc
import SystemPackage

/// A user of the system with a group: whom a server goes on as when it has opened what only root may (passwd(5), group(5)).
package struct UserAccount: Equatable, Sendable {
  /// The user's number.
  package let user: UInt32
  /// The group's number.
  package let group: UInt32
  /// The user's name, by which its other groups are found; nil where it has only a number, and no other groups.
  package let name: String?

  /// Looks an account up.
  /// - Parameter text: `NAME` or `NAME:GROUP`, each by its name or number. A user that only has a number needs a group.
  package init(_ text: String) throws(AccountError) {
    let words = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let first = words.first, !first.isEmpty else { throw .noUser(text) }
    if let entry = unsafe getpwnam(first) ?? UInt32(first).flatMap({ unsafe getpwuid($0) }) {
      user = unsafe entry.pointee.pw_uid
      name = unsafe String(cString: entry.pointee.pw_name)
      group = words.count > 1 ? try UserAccount.group(words[1]) : unsafe entry.pointee.pw_gid
    } else {
      guard let number = UInt32(first) else { throw .noUser(first) }
      guard words.count > 1 else { throw .numberWithoutGroup(number) }
      (user, name, group) = (number, nil, try UserAccount.group(words[1]))
    }
  }

  private static func group(_ text: String) throws(AccountError) -> UInt32 {
    if let entry = unsafe getgrnam(text) { return unsafe entry.pointee.gr_gid }
    guard let number = UInt32(text) else { throw .noGroup(text) }
    return number
  }

  /// Whether this process runs as the account already, for good.
  package var isOwn: Bool { [getuid(), geteuid()] == [user, user] && [getgid(), getegid()] == [group, group] }

  /// The name, or the number.
  package var words: String { name ?? "\(user)" }

  /// Makes the process run as this user, with the groups that it has, for good. All threads do (setuid(2), nptl(7)).
  func become() throws(SystemError) {
    guard !isOwn else { return }
    let groups = unsafe [group].withUnsafeBufferPointer { list in
      if let name { return unsafe initgroups(name, group) }
      return unsafe setgroups(list.count, list.baseAddress)
    }
    guard groups == 0, setgid(group) == 0, setuid(user) == 0 else {
      let code = lastError
      throw SystemError(
        "go on as user \(words)", code,
        advice: code == .notPermitted ? "  start it as root:  sudo cheetah serve ... --user \(words)" : nil)
    }
  }
}

/// Why there is no such account.
package enum AccountError: Error, Equatable, CustomStringConvertible {
  /// Nobody is called so.
  case noUser(String)
  /// No group is called so.
  case noGroup(String)
  /// A user without a name has no group of its own.
  case numberWithoutGroup(UInt32)

  /// What is wrong, and on the next line what to type.
  package var description: String {
    switch self {
    case .noUser(let name):
      """
      there is no user "\(name)"
        make one:  sudo useradd --system --shell /usr/sbin/nologin \(name.isEmpty ? "cheetah" : name)
      """
    case .noGroup(let name):
      """
      there is no group "\(name)"
        make one:  sudo groupadd --system \(name)
      """
    case .numberWithoutGroup(let number):
      "no user has the number \(number), so name the group, too:  --user \(number):\(number)"
    }
  }
}
