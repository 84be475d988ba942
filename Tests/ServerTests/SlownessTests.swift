import Cache
import Stack
import TestKit
import Testing
import Time

@testable import Server

/// Clients that send or take hardly anything, and those beside them.
struct SlownessTests {
  private static let film = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 11) }
  private static let get = Array("GET /film.bin HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".utf8)
  private static let beginning = Array("GET /small.txt HTTP/1.1\r\nHos".utf8)
  private static let rest = Array("t: a\r\n\r\n".utf8)

  private func bench(frames: Int = 16, _ change: (inout EngineConfiguration) -> Void = { _ in }) throws -> EngineBench {
    var configuration = EngineConfiguration()
    configuration.slownessTimeout = .seconds(20)
    change(&configuration)
    return try EngineBench(
      try BenchSite.pack(["/film.bin": SlownessTests.film, "/small.txt": Array("hello".utf8)]),
      configuration: configuration, frames: frames)
  }

  @Test func `A client that takes nothing is reset`() throws {
    let bench = try bench()
    let port = try bench.open()
    bench.clients[port]?.allowance = 0
    try bench.send(SlownessTests.get, on: port)
    try bench.advance(by: .seconds(19))
    #expect(bench.clients[port]?.isReset == false)
    try bench.advance(by: .seconds(7))
    #expect(bench.clients[port]?.isReset == true)
    #expect(bench.engine.counters.slowReaders == 1 && bench.engine.cache.counters.pinned == 0)
  }

  @Test(arguments: [(200, true), (300, false)])
  func `A client is reset where it takes less than the least rate`(rate: Int, isReset: Bool) throws {
    let bench = try bench()
    let port = try bench.open()
    bench.clients[port]?.allowance = 0
    try bench.send(SlownessTests.get, on: port)
    for _ in 0..<60 where bench.clients[port]?.isReset == false {
      try bench.allow(rate, on: port)
      try bench.advance(by: .seconds(1))
    }
    #expect(bench.clients[port]?.isReset == isReset)
    #expect(bench.engine.counters.slowReaders == (isReset ? 1 : 0))
  }

  @Test func `A client that pauses for less than the time-out gets everything`() throws {
    let bench = try bench()
    let port = try bench.open()
    bench.clients[port]?.allowance = 0
    try bench.send(SlownessTests.get, on: port)
    try bench.advance(by: .seconds(15))
    try bench.allow(1 << 20, on: port)
    try bench.advance(by: .seconds(30))
    #expect(try Answer.all(in: bench.clients[port]?.received ?? []).first?.body == SlownessTests.film)
    #expect(bench.engine.counters.slowReaders == 0)
  }

  @Test func `A small answer that nobody takes holds its connection no longer`() throws {
    let bench = try bench { $0.idleTimeout = .seconds(15) }
    for close in ["", "Connection: close\r\n"] {
      let port = try bench.open()
      bench.clients[port]?.allowance = 0
      try bench.send(Array("GET /small.txt HTTP/1.1\r\nHost: a\r\n\(close)\r\n".utf8), on: port)
      try bench.advance(by: .seconds(41))
      #expect(bench.clients[port]?.isReset == true)
    }
    #expect(bench.engine.host.connectionCount == 0 && bench.engine.counters.slowReaders == 2)
  }

  @Test func `Without a least rate a client may take its time`() throws {
    let bench = try bench { $0.leastRate = 0 }
    let port = try bench.open()
    bench.clients[port]?.allowance = 0
    try bench.send(SlownessTests.get, on: port)
    try bench.advance(by: .seconds(200))
    #expect(bench.clients[port]?.isReset == false)
  }

  @Test func `A disk that takes its time is not the client's fault`() throws {
    let bench = try bench()
    let port = try bench.open()
    bench.disk.isStopped = true
    try bench.send(SlownessTests.get, on: port)
    try bench.advance(by: .seconds(120))
    #expect(bench.clients[port]?.isReset == false)
    bench.disk.isStopped = false
    try bench.advance(by: .seconds(1))
    #expect(try Answer.all(in: bench.clients[port]?.received ?? []).first?.body == SlownessTests.film)
  }

  @Test func `The oldest beginning of a request makes room for another`() throws {
    let bench = try bench()
    let ports = try (0..<10).map { _ in
      let port = try bench.open()
      try bench.send(SlownessTests.beginning, on: port)
      return port
    }
    #expect(bench.engine.counters.headsEvicted == 2)
    for port in ports.prefix(2) {
      #expect(try Answer.all(in: bench.clients[port]?.received ?? []).map(\.status) == [408])
    }
    for port in ports.dropFirst(2) {
      try bench.send(SlownessTests.rest, on: port)
      #expect(try Answer.all(in: bench.clients[port]?.received ?? []).map(\.status) == [200])
    }
    #expect(bench.engine.counters.overloads == 0)
  }

  @Test func `A beginning that came too late gives its buffer back`() throws {
    let bench = try bench()
    let port = try bench.open()
    try bench.send(SlownessTests.beginning, on: port)
    #expect(bench.engine.host.buffers.available == 7)
    try bench.advance(by: .seconds(11))
    #expect(try Answer.all(in: bench.clients[port]?.received ?? []).map(\.status) == [408])
    #expect(bench.engine.host.buffers.available == 8)
  }

  @Test func `Requests behind an answer that is not taken leave buffers for others`() throws {
    let bench = try bench()
    let ports = try (0..<8).map { _ in
      let port = try bench.open()
      bench.clients[port]?.allowance = 0
      try bench.send(SlownessTests.get, on: port)
      return port
    }
    #expect(bench.engine.counters.overloads == 0)
    for port in ports { try bench.send(SlownessTests.beginning, on: port) }
    #expect(bench.engine.host.buffers.available >= 2)
    #expect(bench.clients.values.allSatisfy { !$0.isReset })
    let another = try bench.open()
    try bench.send(SlownessTests.beginning, on: another)
    try bench.send(SlownessTests.rest, on: another)
    #expect(try Answer.all(in: bench.clients[another]?.received ?? []).map(\.status) == [200])
  }

  @Test func `Idle connections give way when there is hardly a place, and busy ones do not`() throws {
    let bench = try bench()
    let busy = try bench.open()
    bench.clients[busy]?.allowance = 0
    try bench.send(SlownessTests.get, on: busy)
    let idle = try bench.open()
    try bench.send(SlownessTests.beginning + SlownessTests.rest, on: idle)
    try bench.advance(by: .seconds(2))
    let young = try (0..<14).map { _ in try bench.open() }
    #expect(bench.clients[idle]?.isReset == true && bench.clients[busy]?.isReset == false)
    #expect(young.allSatisfy { bench.clients[$0]?.isReset == false } && bench.engine.counters.idleEvicted == 1)
    let another = try bench.open()
    try bench.send(SlownessTests.beginning + SlownessTests.rest, on: another)
    #expect(try Answer.all(in: bench.clients[another]?.received ?? []).map(\.status) == [200])
  }

  @Test func `Where all memory is held by clients that take nothing, others get it after a few seconds`() throws {
    let bench = try bench(frames: 4)
    for _ in 0..<4 {
      let port = try bench.open()
      bench.clients[port]?.allowance = 0
      try bench.send(
        Array("GET /film.bin HTTP/1.1\r\nHost: a\r\nRange: bytes=\(65_000 * (Int(port) % 4))-\r\n\r\n".utf8), on: port)
    }
    let another = try bench.open()
    try bench.send(SlownessTests.get, on: another)
    try bench.advance(by: .seconds(9))
    #expect(try Answer.all(in: bench.clients[another]?.received ?? []).first?.body == SlownessTests.film)
    #expect(bench.engine.counters.slowReaders > 0)
  }
}
