import ArgumentParser
import Foundation
import LinuxLink

/// What `cheetah serve` is told, from three places: a file (`--config`), the environment, and the command line. What comes
/// later counts.
enum ServeSettings {
  /// The part of the parser's own description of a command that is needed here.
  private struct Description: Decodable {
    struct Command: Decodable { let arguments: [Argument] }
    struct Argument: Decodable {
      let kind: String
      let preferredName: Name?
    }
    struct Name: Decodable { let name: String }
    let command: Command
  }

  private static let names: [(kind: String, name: String)] = {
    let text = Data(ServeCommand._dumpHelp().utf8)
    let arguments = (try? JSONDecoder().decode(Description.self, from: text))?.command.arguments ?? []
    return arguments.compactMap { argument in argument.preferredName.map { (argument.kind, $0.name) } }
  }()

  /// The names of options with a value.
  static let options = Set(names.filter { $0.kind == "option" }.map(\.name))

  /// The names of options without one.
  static let flags = Set(names.filter { $0.kind == "flag" }.map(\.name)).subtracting(["help", "version"])

  /// All arguments of the command: those of the file and of the environment before those of the command line.
  /// - Parameter arguments: those of the command line, behind `serve`.
  static func arguments(
    before arguments: [String], environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(CommandFailure) -> [String] {
    var all: [String] = []
    if let path = file(in: arguments) ?? environment["CHEETAH_CONFIG"] {
      all = try ServeFile(path: path).arguments()
    }
    all = overridden(all, by: try self.arguments(of: environment))
    return overridden(all, by: arguments)
  }

  /// Options that may be repeated, and of which what comes later replaces all that came before, as it does with others.
  private static let replaced = ["--address", "--kernel-address"]

  /// Arguments, without those of the earlier ones that later ones replace.
  private static func overridden(_ earlier: [String], by later: [String]) -> [String] {
    let names = replaced.filter { name in later.contains { $0 == name || $0.hasPrefix(name + "=") } }
    var kept: [String] = []
    var isValue = false
    for argument in earlier {
      if names.contains(argument) { isValue = true } else if isValue { isValue = false } else { kept.append(argument) }
    }
    return kept + later
  }

  /// Options that may be repeated: their variables hold words with spaces between them.
  private static let repeated: Set = ["site", "address", "kernel-address"]

  /// What the environment says, as arguments.
  static func arguments(of environment: [String: String]) throws(CommandFailure) -> [String] {
    var arguments: [String] = []
    for name in options.sorted() where name != "config" {
      guard let value = environment[variable(for: name)] else { continue }
      for word in repeated.contains(name) ? value.split(separator: " ").map(String.init) : [value] {
        arguments += ["--\(name)", word]
      }
    }
    for name in flags.sorted() {
      switch environment[variable(for: name)]?.lowercased() {
      case "1", "true", "yes", "on": arguments.append("--\(name)")
      case nil, "", "0", "false", "no", "off": break
      case let other?: throw .usage("\(variable(for: name)) is \(other): it must be true or false")
      }
    }
    return arguments
  }

  /// The variable of the environment for an option: `CHEETAH_HEADER_TIMEOUT` for `--header-timeout`.
  static func variable(for name: String) -> String {
    "CHEETAH_" + name.uppercased().replacing("-", with: "_")
  }

  /// The file that a command line names.
  static func file(in arguments: [String]) -> String? {
    var file: String?
    for (place, argument) in arguments.enumerated() {
      if argument.hasPrefix("--config=") { file = String(argument.dropFirst("--config=".count)) }
      if argument == "--config", place + 1 < arguments.count { file = arguments[place + 1] }
    }
    return file
  }
}
