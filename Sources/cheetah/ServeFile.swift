import LinuxLink
import TOMLKit

/// A file of settings for `cheetah serve`: TOML whose keys are the names of the options.
struct ServeFile {
  /// Where it is.
  let path: String
  private let text: String
  private let table: TOMLTable

  /// Reads a file.
  init(path: String) throws(CommandFailure) {
    self.path = path
    text = try CommandFailure.catching { () throws(SystemError) in try SmallFile.read(path) }
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw .usage("\(path):\(error.source.begin.line): \(error.description)")
    } catch {
      throw .usage("\(path): \(error)")
    }
  }

  /// What it says, as arguments of the command.
  func arguments() throws(CommandFailure) -> [String] {
    var arguments: [String] = []
    for key in table.keys.sorted() { arguments += try self.arguments(of: key) }
    return arguments
  }

  private func arguments(of key: String) throws(CommandFailure) -> [String] {
    guard key != "config" else { throw .usage("\(place(of: key)): a file of settings names no other") }
    if let value = table[key]?.bool {
      guard ServeSettings.flags.contains(key) || !ServeSettings.options.contains(key) else {
        throw .usage("\(place(of: key)): \(key) is no switch: give it a value in quotes, as after --\(key)")
      }
      return value ? ["--\(key)"] : []
    }
    guard !ServeSettings.flags.contains(key) else { throw .usage("\(place(of: key)): \(key) is true or false") }
    if let values = table[key]?.array {
      var arguments: [String] = []
      for value in values { arguments += ["--\(key)", try word(value, key)] }
      return arguments
    }
    guard let value = table[key] else { return [] }
    return ["--\(key)", try word(value, key)]
  }

  private func word(_ value: any TOMLValueConvertible, _ key: String) throws(CommandFailure) -> String {
    if let word = value.string { return word }
    if let number = value.int { return String(number) }
    throw .usage("\(place(of: key)): \(key) is a text in quotes, a number, or true or false")
  }

  /// The file, and the line that a key stands on.
  func place(of key: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let number = lines.firstIndex { line in
      let words = line.split(separator: "=", maxSplits: 1)
      return words.count == 2 && words[0].filter { $0 != " " && $0 != "\t" && $0 != "\"" } == key
    }
    return number.map { "\(path):\($0 + 1)" } ?? path
  }

  /// Where the first option that a message speaks of stands in the file; the file alone where it speaks of none.
  func place(in message: String) -> String {
    let words = message.split { " \n'\"=.,:<>".contains($0) }
    let named = words.first { word in table.keys.contains { word == "--\($0)" } }
    return named.map { place(of: String($0.dropFirst(2))) } ?? path
  }
}
