import Cache
import Pack
import Stack
import TestKit
import Testing
import Time
import Wire

@testable import Server

/// The same answers over a TCP that is somebody else's.
struct SocketEngineTests {
  private static let film = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 11) }

  /// A socket engine whose blocks are read at once, and whose sockets take so many bytes at a time.
  private final class SocketBench {
    var sockets: SocketEngine
    var disk: BenchDisk
    let room: Int

    init(room: Int = .max, frames: Int = 16) throws {
      let pack = try BenchSite.pack(["/film.bin": SocketEngineTests.film, "/a.txt": Array("hello".utf8)])
      disk = BenchDisk([pack])
      self.room = room
      let superblock = try Superblock(parsing: Array(pack.prefix(BlockGeometry.byteCount)).rawSpan)
      var configuration = EngineConfiguration()
      configuration.servesSockets = true
      let engine = Engine(
        configuration, host: Host(BenchConfiguration().host, at: .epoch),
        cache: BlockCache(frames: frames, waiters: 4, identity: superblock.identity), superblock: superblock)
      sockets = SocketEngine(engine: engine, capacity: 4)
    }

    /// Sends bytes on a connection, and takes what comes back.
    func send(_ text: String, on place: Int) -> [UInt8] {
      let bytes = Array(text.utf8)
      let count = sockets.receive(on: place) { room in
        room.copy(bytes.rawSpan, to: 0)
        return bytes.count
      }
      #expect(count == bytes.count)
      var output: [UInt8] = []
      while true {
        output += write(place)
        while let read = sockets.engine.nextRead() { disk.submit(read) }
        disk.begin()
        guard let read = disk.next() else { return output }
        complete(read)
        while sockets.nextReady() != nil {}
      }
    }

    func isFinished(_ place: Int) -> Bool { sockets.isFinished(place) }
    func isReading(_ place: Int) -> Bool { sockets.isReading(place) }

    private func write(_ place: Int) -> [UInt8] {
      var output: [UInt8] = []
      while true {
        let count = sockets.prepare(place, at: .epoch)
        guard count > 0 else { return output }
        var pieces: [UInt8] = []
        for index in 0..<count { pieces += [UInt8](copying: sockets.piece(index, of: place)) }
        let taken = min(pieces.count, room)
        output += pieces.prefix(taken)
        sockets.wrote(taken, on: place)
      }
    }

    private func complete(_ read: BlockRead) {
      let bytes = disk.bytes(read)
      if let bytes { sockets.engine.cache.fill(read, with: bytes.rawSpan) }
      _ = sockets.engine.complete(read, isRead: bytes != nil, at: .epoch)
    }
  }

  private static func request(_ path: String, _ fields: String = "") -> String {
    "GET \(path) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n"
  }

  @Test(arguments: [1, 1_000, .max]) func `Answers are whole, however little a socket takes at a time`(room: Int) throws
  {
    let bench = try SocketBench(room: room)
    bench.sockets.open(2)
    for (path, body) in [("/a.txt", Array("hello".utf8)), ("/film.bin", SocketEngineTests.film)] {
      let answer = try #require(try Answer.all(in: bench.send(SocketEngineTests.request(path), on: 2)).first)
      #expect(answer.body == body)
      #expect(bench.isReading(2))
    }
    bench.sockets.close(2)
    #expect(bench.sockets.engine.heads.count == 0)
  }

  @Test func `Requests that come at once, or in parts, are answered in order`() throws {
    let bench = try SocketBench()
    bench.sockets.open(0)
    let both = SocketEngineTests.request("/a.txt") + SocketEngineTests.request("/none")
    #expect(bench.send(String(both.prefix(20)), on: 0).isEmpty)
    let answers = try Answer.all(in: bench.send(String(both.dropFirst(20)), on: 0))
    #expect(answers.map(\.status) == [200, 404])
  }

  @Test func `The last answer is followed by the end`() throws {
    let bench = try SocketBench()
    bench.sockets.open(1)
    _ = bench.send(SocketEngineTests.request("/a.txt", "Connection: close\r\n"), on: 1)
    #expect(bench.isFinished(1))
    bench.sockets.close(1)
    bench.sockets.open(1)
    #expect(try Answer.all(in: bench.send("nonsense\r\n\r\n", on: 1)).map(\.status) == [400])
    #expect(bench.isFinished(1))
  }

  @Test func `A head that fills its place is refused`() throws {
    let bench = try SocketBench()
    bench.sockets.open(0)
    let long = "GET /a.txt HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "x", count: 16_000)
    let answers = try Answer.all(in: bench.send(String(long.prefix(SocketEngine.requestCapacity)), on: 0))
    #expect(answers.map(\.status) == [431])
  }

  @Test func `A block that cannot be read is an error, or an end in the middle`() throws {
    let bench = try SocketBench()
    bench.sockets.open(0)
    bench.disk.unreadable = Set(2..<40)
    let answers = try Answer.all(in: bench.send(SocketEngineTests.request("/film.bin"), on: 0))
    #expect(answers.map(\.status) == [500])
    #expect(bench.isFinished(0))
  }

  @Test func `Several ranges are answered with the whole`() throws {
    let bench = try SocketBench()
    bench.sockets.open(0)
    let text = SocketEngineTests.request("/a.txt", "Range: bytes=0-0,2-2\r\n")
    let answer = try #require(try Answer.all(in: bench.send(text, on: 0)).first)
    #expect(answer.status == 200 && answer.body == Array("hello".utf8))
  }

  @Test(arguments: 4...8) func `No piece is evicted for the next, however small the cache`(frames: Int) throws {
    let bench = try SocketBench(room: 50_000, frames: frames)
    for place in 0..<2 { bench.sockets.open(place) }
    for round in 0..<12 {
      let place = round % 2
      let path = round % 3 == 0 ? "/a.txt" : "/film.bin"
      let answer = try Answer.all(in: bench.send(SocketEngineTests.request(path), on: place))
      #expect(answer.first?.body == (round % 3 == 0 ? Array("hello".utf8) : SocketEngineTests.film))
    }
  }

  @Test func `A HEAD that is refused is answered without content`() throws {
    let bench = try SocketBench()
    bench.sockets.open(0)
    let answers = try Answer.all(in: bench.send("HEAD /a.txt HTTP/1.1\r\n\r\n", on: 0)) { _ in false }
    #expect(answers.map(\.status) == [400])
  }
}
