extension DoctorCommand {
  /// What is looked at, in words for the first column.
  enum Subject: String {
    case tapDriver = "TAP driver"
    case virtioHeader = "super-frames on a TAP"
    case queues = "several queues on a TAP"
    case tapCreation = "making a TAP"
    case packetSocket = "packet sockets"
    case egressHook = "rules for what is sent"
    case namespace = "namespaces for this user"
    case userNamespace = "namespaces without root"
    case directReads = "direct reads (O_DIRECT)"
    case ring = "reads by io_uring"
    case capture = "captures (libpcap)"
    case processors = "processors"
  }

  /// One thing that was tried.
  struct Finding: CustomStringConvertible {
    /// What it is about.
    let subject: Subject
    /// Whether it works.
    let isFine: Bool
    /// What was found, in a few words.
    let detail: String
    /// What to type where it does not work, one command or hint each.
    let remedies: [String]

    /// Something that works.
    static func fine(_ subject: Subject, _ detail: String) -> Finding {
      Finding(subject: subject, isFine: true, detail: detail, remedies: [])
    }

    /// Something that does not work, and what helps.
    static func missing(_ subject: Subject, _ detail: String, _ remedies: String...) -> Finding {
      Finding(subject: subject, isFine: false, detail: detail, remedies: remedies)
    }

    /// Works or not, what, and what was found; the remedies on lines of their own.
    var description: String {
      let width = 26
      let name = subject.rawValue
      let padding = String(repeating: " ", count: max(width - name.count, 1))
      let lines = remedies.map { "       \($0)" }
      return (["\(isFine ? "  yes" : "   no")  \(name)\(padding)\(detail)"] + lines).joined(separator: "\n")
    }
  }
}
