import Cache
import HTTP
import Pack
import TestKit
import Testing

@testable import Server

/// Several sites in one server, by the host that is asked for.
struct HostsTests {
  /// A server of packs whose front page says the number of the pack.
  private static func bench(_ hosts: [[String]]) throws -> EngineBench {
    let packs = try hosts.indices.map { try BenchSite.pack(["/index.html": "site \($0)", "/\($0).txt": "\($0)"]) }
    let names = try hosts.map { try $0.map { try #require(HostName($0)) } }
    return try EngineBench(packs: packs, for: names)
  }

  private static func get(_ bench: EngineBench, _ requests: String...) throws -> [Answer] {
    let received = try bench.exchange(requests.map { Array($0.utf8) }).received
    return try Answer.all(in: received) { _ in true }
  }

  private static func get(_ bench: EngineBench, host: String, _ path: String = "/") throws -> Answer {
    try #require(get(bench, "GET \(path) HTTP/1.1\r\nHost: \(host)\r\n\r\n").first)
  }

  @Test func `Each host has its site, and others the one for all`() throws {
    let bench = try HostsTests.bench([[], ["a.org", "www.a.org"], ["b.org"]])
    for (host, text) in [("a.org", 1), ("WWW.A.ORG:80", 1), ("b.org.", 2), ("c.org", 0), ("10.0.0.1", 0)] {
      #expect(try HostsTests.get(bench, host: host).text == "site \(text)")
    }
    #expect(try HostsTests.get(bench, host: "a.org", "/1.txt").text == "1")
    #expect(try HostsTests.get(bench, host: "a.org", "/2.txt").status == 404)
    #expect(try HostsTests.get(bench, "GET / HTTP/1.0\r\n\r\n").first?.text == "site 0")
  }

  @Test func `Without a site for all a host that nobody has is misdirected`() throws {
    let bench = try HostsTests.bench([["a.org"], ["b.org"]])
    let answers = try HostsTests.get(
      bench, "GET / HTTP/1.1\r\nHost: c.org\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: c.org\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: b.org\r\n\r\n")
    #expect(answers.map(\.status) == [421, 421, 200])
    #expect(try HostsTests.get(bench, "GET / HTTP/1.0\r\n\r\n").first?.status == 421)
  }

  @Test func `A name counts more than a wildcard, and a longer wildcard more than a shorter`() throws {
    let bench = try HostsTests.bench([["*.org"], ["*.a.org"], ["www.a.org"]])
    for (host, text) in [("www.a.org", 2), ("x.a.org", 1), ("a.org", 0), ("x.b.org", 0)] {
      #expect(try HostsTests.get(bench, host: host).text == "site \(text)")
    }
    #expect(try HostsTests.get(bench, host: "org").status == 421)
  }

  @Test func `The authority of a target counts before the Host`() throws {
    let bench = try HostsTests.bench([["a.org"], ["b.org"]])
    let answers = try HostsTests.get(bench, "GET http://b.org/ HTTP/1.1\r\nHost: a.org\r\n\r\n")
    #expect(answers.first?.text == "site 1")
  }

  @Test func `One connection may ask for several hosts, and again`() throws {
    let bench = try HostsTests.bench([["a.org"], ["b.org"]])
    let hosts = ["a.org", "b.org", "a.org", "b.org"]
    let text = hosts.map { "GET / HTTP/1.1\r\nHost: \($0)\r\n\r\n" }
    for requests in [text, [text.joined()]] {
      let received = try bench.exchange(requests.map { Array($0.utf8) }).received
      #expect(try Answer.all(in: received) { _ in true }.map(\.text) == ["site 0", "site 1", "site 0", "site 1"])
    }
  }

  @Test func `A new pack takes the place of its own site alone`() throws {
    let bench = try HostsTests.bench([["a.org"], ["b.org"]])
    let pack = try BenchSite.pack(["/index.html": "new"])
    let superblock = try Superblock(parsing: Array(pack.prefix(BlockGeometry.byteCount)).rawSpan)
    for number in [1, 0] {
      let mounted = bench.engine.mount(superblock, of: SiteNumber(number))
      let slot = try #require(mounted)
      while bench.disk.packs.count <= slot.number { bench.disk.packs.append([]) }
      bench.disk.packs[slot.number] = pack
      #expect(try HostsTests.get(bench, host: "b.org").text == "new")
      #expect(try HostsTests.get(bench, host: "a.org").text == (number == 1 ? "site 0" : "new"))
    }
    let freed = [bench.engine.nextUnmounted(), bench.engine.nextUnmounted(), bench.engine.nextUnmounted()]
    #expect(freed == [PackSlot(1), PackSlot(0), nil])
  }
}
