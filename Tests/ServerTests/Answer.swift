import TestKit

/// A response, read without the code that is being tested.
struct Answer: Equatable {
  /// The status.
  var status: Int
  /// The field lines in order.
  var fields: [(name: String, value: String)]
  /// The body.
  var body: [UInt8]

  /// The value of the only field with this name, letter case aside; nil where there is none.
  func field(_ name: String) -> String? {
    fields.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// The body as text.
  var text: String { String(decoding: body, as: UTF8.self) }

  /// Whether the client may send another request.
  var keepsAlive: Bool { field("Connection") == "keep-alive" }

  static func == (left: Answer, right: Answer) -> Bool {
    left.status == right.status && left.body == right.body && left.fields.count == right.fields.count
      && zip(left.fields, right.fields).allSatisfy { $0 == $1 }
  }

  /// All responses in what a server has sent.
  /// - Parameter hasBody: whether the answer with this number, from 0, has a body: false in answer to HEAD.
  static func all(in bytes: [UInt8], hasBody: (Int) -> Bool = { _ in true }) throws -> [Answer] {
    var answers: [Answer] = []
    var rest = bytes[...]
    while !rest.isEmpty { answers.append(try Answer(at: &rest, hasBody: hasBody(answers.count))) }
    return answers
  }

  /// Reads the response at the front of `bytes`.
  init(at bytes: inout ArraySlice<UInt8>, hasBody: Bool = true) throws {
    guard let end = Answer.endOfHead(bytes) else {
      throw TestFailure("a head without an end: \(String(decoding: bytes.prefix(200), as: UTF8.self))")
    }
    let head = String(decoding: bytes[..<end], as: UTF8.self)
    var lines = head.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
    let statusLine = lines.removeFirst().split(separator: " ", maxSplits: 2)
    guard statusLine.count == 3, statusLine[0] == "HTTP/1.1", let status = Int(statusLine[1]) else {
      throw TestFailure("no status line: \(head.prefix(80))")
    }
    self.status = status
    fields = try lines.filter { !$0.isEmpty }.map { line in
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, parts[1].hasPrefix(" ") || parts[1].isEmpty else {
        throw TestFailure("no field line: \(line)")
      }
      return (String(parts[0]), parts[1].trimmingSpaces)
    }
    body = []
    bytes = bytes[end...].dropFirst(4)
    guard hasBody, status != 204, status != 304 else { return }
    guard let length = field("Content-Length").flatMap({ Int($0) }), length <= bytes.count else {
      throw TestFailure("a body of \(bytes.count) bytes after \(head)")
    }
    body = Array(bytes.prefix(length))
    bytes = bytes.dropFirst(length)
  }

  /// The offset of the empty line behind a head.
  private static func endOfHead(_ bytes: ArraySlice<UInt8>) -> Int? {
    let end: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
    return bytes.indices.dropLast(3).first { bytes[$0..<($0 + 4)].elementsEqual(end) }
  }
}

extension Substring {
  /// The text without spaces at either end.
  fileprivate var trimmingSpaces: String {
    var text = self
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
