/// Who claims: a process and the user it runs as, as the kernel vouches for them (`SO_PEERCRED`, unix(7)).
package struct Claimant: Hashable, Sendable {
  /// The process.
  package let process: Int32
  /// When it was started, in clock ticks since the machine was: with its number it names a process for ever (proc(5)).
  package let start: UInt64
  /// The user's number.
  package let user: UInt32
  /// The user's name; its number in decimal where it has none.
  package let name: String
  /// The names of the user's groups; a number in decimal for one that has none.
  package let groups: Set<String>

  /// A process and its user.
  package init(process: Int32, start: UInt64, user: UInt32, name: String, groups: Set<String> = []) {
    self.process = process
    self.start = start
    self.user = user
    self.name = name
    self.groups = groups
  }
}

extension Claimant: CustomStringConvertible {
  /// What a person calls it: `alice (process 4711)`.
  package var description: String { "\(name) (process \(process))" }
}
