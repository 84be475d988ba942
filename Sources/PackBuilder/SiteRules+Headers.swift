/// Reading `_headers`: a path on a line of its own, and behind white space, line by line, the fields of its responses.
extension SiteRules {
  /// Reads the rules of a text.
  static func headers(_ text: RuleText) throws(BuildError) -> [HeaderRule] {
    var rules: [HeaderRule] = []
    for (origin, line) in text.lines {
      guard line.first?.isWhitespace == true else {
        rules.append(HeaderRule(pattern: try RulePattern(line, at: origin), fields: []))
        continue
      }
      guard !rules.isEmpty else {
        throw origin.error("a field belongs below a path, which stands at the front of a line")
      }
      let line = line.drop { $0.isWhitespace }
      if line.hasPrefix("!") {
        rules[rules.count - 1].removed.append(String(line.dropFirst().drop { $0 == " " }).lowercased())
      } else {
        rules[rules.count - 1].add(try field(line, at: origin))
      }
    }
    return rules
  }

  /// Reads `Name: value`.
  static func field(_ text: some StringProtocol, at origin: RuleOrigin) throws(BuildError) -> Field {
    do {
      let (name, value) = try ResponseRules.field(String(text), allowsType: true)
      return Field(name: name, value: value)
    } catch {
      switch error {
      case .reservedField(let name):
        throw origin.error("\(name) cannot be set: it follows from the file, or the server decides it")
      default: throw origin.error("a field is a name, a colon and a value in printable ASCII: \"\(text)\"")
      }
    }
  }

  /// What the rules make of the fields of a file that is asked for as any of `paths`: of the same name the last rule counts.
  func fields(of paths: [String]) -> [Field] {
    var fields: [Field] = []
    for rule in headers where paths.contains(where: rule.pattern.matches) {
      fields.removeAll { field in
        rule.removed.contains(field.name.lowercased()) || rule.fields.contains { $0.hasSameName(as: field) }
      }
      fields += rule.fields
    }
    return fields
  }

  /// What the rules for all paths say: the fields of redirects by a rule that is for more than one path.
  var fieldsOfAll: [Field] {
    var all = self
    all.headers = headers.filter { $0.pattern.bytes.elementsEqual([0x2F, 2]) }
    return all.fields(of: ["/"])
  }
}

extension SiteRules.HeaderRule {
  /// Adds a field. A name that is there already gets a list (RFC 9110 §5.3).
  mutating func add(_ field: SiteRules.Field) {
    if let place = fields.firstIndex(where: { $0.hasSameName(as: field) }) {
      fields[place].value += ", " + field.value
    } else {
      fields.append(field)
    }
  }
}

extension SiteRules.Field {
  /// Whether it is another value of the same field.
  func hasSameName(as other: SiteRules.Field) -> Bool { name.lowercased() == other.name.lowercased() }

  /// Its line, without an end.
  var line: String { "\(name): \(value)" }
}
