import Wire

/// A line of a policy that cannot be read.
package struct PolicyError: Error, Equatable, CustomStringConvertible {
  /// Which line, counted from 1.
  package let line: Int
  /// What is wrong with it.
  package let reason: String

  /// An error in a line.
  package init(line: Int, reason: String) {
    self.line = line
    self.reason = reason
  }

  /// The line and what is wrong with it, to follow the file's name.
  package var description: String { ":\(line): \(reason)" }
}

extension Policy {
  /// Reads a policy, line by line; `#` begins a comment.
  package init(text: String) throws(PolicyError) {
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let content = line.prefix { $0 != "#" }
      var words = content.split { $0 == " " || $0 == "\t" }[...]
      guard let verb = words.popFirst() else { continue }
      do throws(Unreadable) {
        try read(verb, &words)
      } catch {
        throw PolicyError(line: number + 1, reason: error.reason)
      }
    }
  }

  private struct Unreadable: Error {
    let reason: String
  }

  private mutating func read(_ verb: Substring, _ words: inout ArraySlice<Substring>) throws(Unreadable) {
    switch verb {
    case "allow":
      let subject = try Policy.subject(&words)
      permissions.append(try Policy.permission(subject, words))
    case "limit":
      let subject = try Policy.subject(&words)
      guard words.count == 1, let word = words.first, let count = Int(word), count >= 0 else {
        throw Unreadable(reason: "a limit is a number of claims, such as 'limit user www 16'")
      }
      limits.append(Limit(subject: subject, count: count))
    default: throw Unreadable(reason: "'\(verb)' is neither 'allow' nor 'limit'")
    }
  }

  private static func subject(_ words: inout ArraySlice<Substring>) throws(Unreadable) -> Subject {
    switch words.popFirst() {
    case "everybody": return .everybody
    case "user":
      if let name = words.popFirst() { return .user(String(name)) }
    case "group":
      if let name = words.popFirst() { return .group(String(name)) }
    default: break
    }
    throw Unreadable(reason: "say for whom: 'user NAME', 'group NAME' or 'everybody'")
  }

  private static func permission(
    _ subject: Subject, _ words: ArraySlice<Substring>
  ) throws(Unreadable) -> Permission {
    let words = Array(words)
    guard words.count == 3 else {
      throw Unreadable(reason: "say what: a protocol, an address and ports, such as 'tcp 10.9.0.2 80'; * is any")
    }
    let transport = Claim.Transport(rawValue: String(words[0]))
    guard transport != nil || words[0] == "*" else { throw Unreadable(reason: "'\(words[0])' is neither tcp nor udp") }
    let address = IPv4Address(words[1])
    guard address != nil || words[1] == "*" else { throw Unreadable(reason: "'\(words[1])' is no address") }
    guard let ports = words[2] == "*" ? 1...UInt16.max : ClosedRange(ports: words[2]), ports.lowerBound > 0 else {
      throw Unreadable(reason: "'\(words[2])' is no port and no range of ports")
    }
    return Permission(subject: subject, transport: transport, address: address, ports: ports)
  }
}
