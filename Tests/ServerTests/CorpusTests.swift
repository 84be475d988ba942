import Foundation
import TestKit
import Testing

/// Every entry of the corpus, sent to a whole server in memory: at once, and cut at random places.
struct CorpusTests {
  /// What is sent behind each entry: it is answered where the connection stays, and nowhere else.
  private static let next = Array("GET /letters.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".utf8)
  private static let letters = "abcdefghijklmnopqrstuvwxyz"

  private static func site() throws -> [UInt8] {
    let folder = CorpusVector.folder.appending(path: "site").path
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder)
    var files: [String: [UInt8]] = [:]
    for path in paths {
      guard let bytes = FileManager.default.contents(atPath: folder + "/" + path) else { continue }
      files["/" + path] = Array(bytes)
    }
    return try BenchSite.pack(files)
  }

  @Test
  func `The corpus has at least three hundred entries, each with a name of its own`() throws {
    let vectors = try CorpusVector.all.get()
    #expect(vectors.count >= 300)
    #expect(Set(vectors.map(\.name)).count == vectors.count)
    #expect(vectors.allSatisfy { $0.purpose.hasSuffix(")") })
  }

  @Test
  func `Every entry is answered as expected when it comes at once`() throws {
    let bench = try EngineBench(try CorpusTests.site())
    for vector in try CorpusVector.all.get() {
      let complaint = try complaint(about: vector, on: bench) { [$0] }
      #expect(complaint == nil, "\(vector.name): \(vector.purpose)")
    }
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `Every entry is answered as expected when it comes in pieces`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let bench = try EngineBench(try CorpusTests.site())
    for vector in try CorpusVector.all.get() {
      let complaint = try complaint(about: vector, on: bench) { bytes in
        var cuts = (0..<min(bytes.count, 12)).map { _ in Int.random(in: 0...bytes.count, using: &random) }
        cuts = [0] + cuts.sorted() + [bytes.count]
        return zip(cuts, cuts.dropFirst()).map { Array(bytes[$0..<$1]) }.filter { !$0.isEmpty }
      }
      #expect(complaint == nil, "\(vector.name): \(vector.purpose), \(random)")
    }
  }

  @Test
  func `Every answer has the date, and says what becomes of the connection`() throws {
    let bench = try EngineBench(try CorpusTests.site())
    for vector in try CorpusVector.all.get() {
      let request = try CorpusText.decode(vector.request) { try CorpusTests.tag(of: $0, on: bench) }
      let received = try bench.exchange([request]).received
      let answers = try Answer.all(in: received) { $0 >= vector.answers.count || vector.answers[$0].hasBody }
      for answer in answers {
        #expect(answer.fields.count { $0.name == "Date" } == 1, "\(vector.name)")
        #expect(answer.field("Date") == "Wed, 25 Nov 2026 12:00:00 GMT", "\(vector.name)")
        #expect(["keep-alive", "close"].contains(answer.field("Connection")), "\(vector.name)")
        #expect(answer.fields.count { $0.name == "Content-Length" } <= 1, "\(vector.name)")
      }
    }
  }

  @Test
  func `HEAD has the head of GET`() throws {
    let bench = try EngineBench(try CorpusTests.site())
    var compared = 0
    for vector in try CorpusVector.all.get() where vector.expectations.count == 1 && !vector.waits {
      let get = try CorpusText.decode(vector.request) { try CorpusTests.tag(of: $0, on: bench) }
      // A range means something to GET alone.
      guard get.starts(with: Array("GET ".utf8)), !vector.request.lowercased().contains("range:") else { continue }
      let head = Array("HEAD ".utf8) + get.dropFirst(4)
      let first = try Answer.all(in: try bench.exchange([get]).received)
      guard first.count == 1 else { continue }
      var second = try Answer.all(in: try bench.exchange([head]).received) { _ in false }
      try #require(second.count == 1, "\(vector.name)")
      second[0].body = first[0].body
      #expect(first == second, "\(vector.name)")
      compared += 1
    }
    #expect(compared > 150)
  }

  /// What is wrong with the answers to an entry; nil where nothing is.
  private func complaint(
    about vector: CorpusVector, on bench: EngineBench, cutting: ([UInt8]) -> [[UInt8]]
  ) throws -> String? {
    let decode = { text in try CorpusText.decode(text) { try CorpusTests.tag(of: $0, on: bench) } }
    let port = try bench.open()
    defer { try? bench.end(port) }
    for piece in cutting(try decode(vector.request)) { try bench.send(piece, on: port) }
    guard let client = bench.clients[port] else { return "no client" }
    guard !client.isReset else { return "reset" }
    let answers = try Answer.all(in: client.received) { $0 >= vector.answers.count || vector.answers[$0].hasBody }
    guard answers.count == vector.answers.count else {
      return "\(answers.map(\.status)) instead of \(vector.answers.map(\.status))"
    }
    for (answer, expectation) in zip(answers, vector.answers) {
      if let complaint = try expectation.complaint(about: answer, decode: decode) { return complaint }
    }
    return try complaintAboutEnd(of: vector, port, on: bench)
  }

  /// Sends another request, and looks whether it is answered where it must be, and nowhere else.
  private func complaintAboutEnd(of vector: CorpusVector, _ port: UInt16, on bench: EngineBench) throws -> String? {
    let before = bench.clients[port]?.received.count ?? 0
    guard bench.clients[port]?.isClosed != vector.stays else { return "closed, or not, against what was expected" }
    if !vector.waits { try bench.send(CorpusTests.next, on: port) }
    try bench.finish(port)
    guard let client = bench.clients[port], client.isClosed else { return "never closed" }
    let rest = try Answer.all(in: Array(client.received[before...]))
    guard vector.stays, !vector.waits else { return rest.isEmpty ? nil : "an answer too many" }
    return rest.map(\.text) == [CorpusTests.letters] ? nil : "the next request is answered with \(rest.map(\.status))"
  }

  /// The entity tag of a path, as the server tells it.
  private static func tag(of path: String, on bench: EngineBench) throws -> String {
    let client = try bench.exchange([Array("HEAD \(path) HTTP/1.0\r\n\r\n".utf8)])
    return try Answer.all(in: client.received) { _ in false }.first?.field("ETag") ?? ""
  }
}
