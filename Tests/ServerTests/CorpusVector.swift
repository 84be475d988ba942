import Foundation
import TestKit

/// Bytes that are sent to a server, and what it has to answer: an entry of the files in `Corpus`, which `Corpus/README.md`
/// explains.
struct CorpusVector: Sendable {
  /// What one answer has to be.
  struct Expectation: Sendable {
    /// The status; 0 where no answer is to come.
    var status: Int
    /// Whether the connection is open behind it.
    var stays: Bool
    /// Whether it has a body: false in answer to HEAD.
    var hasBody: Bool
    /// What is said of its fields and its body.
    var conditions: [String]
  }

  /// Its name, which no other has.
  let name: String
  /// Where it comes from, and what it shows.
  let purpose: String
  /// The bytes, with escapes.
  let request: String
  /// The answers in order.
  let expectations: [Expectation]

  /// The answers that come, without the note that more bytes are waited on.
  var answers: [Expectation] { expectations.filter { $0.status != 0 } }
  /// Whether the connection is open in the end, and the next request on it is answered.
  var stays: Bool { expectations.last?.stays ?? true }
  /// Whether the bytes end within a request.
  var waits: Bool { expectations.last?.status == 0 }

  /// All entries.
  static let all = Result { try read() }

  /// The folder with the files.
  static var folder: URL {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")
  }

  private static func read() throws -> [CorpusVector] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".requests") }
    return try names.sorted().flatMap { name in
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      return try text.components(separatedBy: "\n### ").dropFirst().map(CorpusVector.init)
    }
  }

  private init(_ text: String) throws {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    name = lines.removeFirst()
    purpose = lines.removeFirst()
    request = lines.filter { $0.hasPrefix(">") }.map { line in
      let text = line.dropFirst(line.hasPrefix("> ") ? 2 : 1)
      return text.hasSuffix("\\") && !text.hasSuffix("\\\\") ? String(text.dropLast()) : text + "\\r\\n"
    }.joined()
    expectations = try lines.filter { $0.hasPrefix("< ") }.map { try Expectation(String($0.dropFirst(2))) }
    let name = name
    try require(!request.isEmpty && !expectations.isEmpty, "\(name) sends or expects nothing")
  }
}

extension CorpusVector.Expectation {
  /// Reads `200 stays nobody | Name: value | !Name | = body | + part of the body | #length`.
  fileprivate init(_ line: String) throws {
    let parts = line.components(separatedBy: " | ")
    let words = parts[0].split(separator: " ")
    guard line != "waits" else {
      self.init(status: 0, stays: true, hasBody: false, conditions: [])
      return
    }
    guard let status = Int(words[0]), words.count >= 2, ["stays", "closes"].contains(words[1]) else {
      throw TestFailure("no expectation: \(line)")
    }
    self.init(
      status: status, stays: words[1] == "stays", hasBody: !words.contains("nobody"),
      conditions: Array(parts.dropFirst()))
  }

  /// What an answer has of this not; nil where it is as expected.
  /// - Parameter decode: resolves the escapes of a text.
  func complaint(about answer: Answer, decode: (String) throws -> [UInt8]) rethrows -> String? {
    guard answer.status == status else { return "status \(answer.status) instead of \(status)" }
    guard answer.keepsAlive == stays else { return "Connection: \(answer.field("Connection") ?? "none")" }
    for condition in conditions {
      if condition.hasPrefix("!") {
        if let value = answer.field(String(condition.dropFirst())) { return "\(condition.dropFirst()): \(value)" }
      } else if condition.hasPrefix("= ") {
        if try answer.body != decode(String(condition.dropFirst(2))) { return "the body is \(answer.text)" }
      } else if condition.hasPrefix("+ ") {
        if !answer.text.contains(condition.dropFirst(2)) { return "the body is \(answer.text)" }
      } else if condition.hasPrefix("#") {
        if "#\(answer.body.count)" != condition { return "the body has \(answer.body.count) bytes" }
      } else {
        let field = condition.components(separatedBy: ": ")
        let value = try String(decoding: decode(field[1...].joined(separator: ": ")), as: UTF8.self)
        if answer.field(field[0]) != value { return "\(field[0]): \(answer.field(field[0]) ?? "none"), not \(value)" }
      }
    }
    return nil
  }
}
