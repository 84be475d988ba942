import Cache
import Pack
import TestKit
import Testing

@testable import Server

/// A whole server on a disk whose n-th read goes wrong, for every n of a run.
struct ReadFaultTests {
  /// A site with files in the record's block, in several blocks, and read on as they are sent.
  private static let files: [String: [UInt8]] = [
    "/index.html": [UInt8](repeating: 0x61, count: 30_000),
    "/photo.jpg": (0..<150_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) },
    "/film.bin": (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 11) },
    "/404.html": [UInt8](repeating: 0x62, count: 100),
  ]

  private static let requests = ["/index.html", "/film.bin", "/photo.jpg", "/nothing", "/index.html"]

  /// What came of a request.
  private enum Result: Equatable {
    case right
    case refused
    case cutShort
    case wrong(String)
  }

  private static func get(_ path: String, _ bench: EngineBench) throws -> Result {
    let request = "GET \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    let client = try bench.exchange([Array(request.utf8)])
    let expected = files[path] ?? files["/404.html"]
    if client.isReset {
      let isPrefix = client.received.isEmpty || client.received.starts(with: Array("HTTP/1.1 200 OK".utf8))
      return isPrefix ? .cutShort : .wrong("a reset after \(client.received.count) bytes")
    }
    let answers = try Answer.all(in: client.received)
    guard answers.count == 1 else { return .wrong("\(answers.count) answers") }
    if answers[0].status == 500 { return .refused }
    let isRight = answers[0].status == (files[path] == nil ? 404 : 200) && answers[0].body == expected
    return isRight ? .right : .wrong("\(answers[0].status) with \(answers[0].body.count) bytes")
  }

  /// All requests, one after the other.
  private static func run(_ bench: EngineBench) throws -> [Result] { try requests.map { try get($0, bench) } }

  @Test(arguments: BenchDisk.Fault.allCases, [5, 64])
  func `The n-th read costs one request at most, and the rest is served`(kind: BenchDisk.Fault, frames: Int) throws {
    let pack = try BenchSite.pack(ReadFaultTests.files)
    let sound = try EngineBench(pack, frames: frames)
    #expect(try ReadFaultTests.run(sound) == Array(repeating: .right, count: 5))
    #expect(sound.disk.count > 12)
    for number in 1...sound.disk.count {
      let bench = try EngineBench(pack, frames: frames)
      bench.disk.fault = (number, kind)
      let results = try ReadFaultTests.run(bench)
      let bad = results.filter { $0 != .right }
      #expect(bad.count <= (kind == .late ? 0 : 1), "read \(number): \(results)")
      #expect(bad.allSatisfy { $0 == .refused || $0 == .cutShort }, "read \(number): \(results)")
      #expect(bench.engine.cache.counters.failures == (kind == .late ? 0 : 1), "read \(number)")
      // The block is read again for the next who wants it.
      #expect(try ReadFaultTests.run(bench) == Array(repeating: .right, count: 5), "read \(number)")
      #expect(bench.engine.cache.counters.pinned == 0, "read \(number)")
    }
  }

  @Test func `A block that is bad for good is an error for what is in it, and for nothing else`() throws {
    let pack = try BenchSite.pack(ReadFaultTests.files)
    let superblock = try Superblock(parsing: Array(pack.prefix(BlockGeometry.byteCount)).rawSpan)
    var refused: Set<String> = []
    for block in 1..<superblock.firstIndexBlock.value {
      let bench = try EngineBench(pack)
      bench.disk.unreadable = [block]
      let results = try ReadFaultTests.run(bench)
      #expect(results.contains(.right), "block \(block)")
      for (path, result) in zip(ReadFaultTests.requests, results) {
        #expect(result == .right || result == .refused || result == .cutShort, "block \(block): \(path)")
        if result == .refused { refused.insert(path) }
      }
    }
    #expect(refused == ["/index.html", "/film.bin", "/photo.jpg", "/nothing"])
  }

  @Test func `A body whose first block is bad is refused before its head is sent`() throws {
    let bench = try EngineBench(try BenchSite.pack(ReadFaultTests.files))
    #expect(try ReadFaultTests.get("/photo.jpg", bench) == .right)
    let body = try #require(bench.disk.runs.last).lowerBound
    let other = try EngineBench(bench.disk.packs[0])
    other.disk.unreadable = [body]
    #expect(try ReadFaultTests.get("/photo.jpg", other) == .refused)
    #expect(other.engine.counters.truncatedBodies == 0)
  }
}
