import Pack
import PackBuilder
import TestKit
import Testing
import Wire

/// Packs whose checks are right and whose numbers lead outside: one request gets an error, and nothing else happens.
struct HostilePackAnswersTests {
  /// The site of all of them: a page, one for paths that are not there, and rules.
  private static func pack() throws -> [UInt8] {
    try BenchSite.pack(["/index.html": "home", "/404.html": "none", "/_redirects": "/old/* /:splat 301\n"])
  }

  /// Writes a number over that of two bytes at each of these places of a block, and makes its checks right.
  private static func spoil(_ pack: inout [UInt8], block number: Int, _ places: [Int], with value: UInt16) throws {
    let range = (number * 65_536)..<((number + 1) * 65_536)
    var block = Array(pack[range])
    let trailer = try BlockTrailer(verifying: block.rawSpan, as: BlockNumber(UInt32(number)), of: nil)
    block.withMutableRawSpan { span in
      for place in places { span.storeLittleEndian(value, at: place) }
      trailer.seal(&span)
    }
    pack.replaceSubrange(range, with: block)
  }

  private static func status(of path: String, in pack: [UInt8]) throws -> Int {
    let request = "GET \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    let received = try EngineBench(pack).exchange([Array(request.utf8)]).received
    return try #require(try Answer.all(in: received).first).status
  }

  @Test(arguments: [0xFFFF, 0x2000, 0x1FFF] as [UInt16])
  func `A record beyond the end of its block is an error of the server's`(offset: UInt16) throws {
    var pack = try HostilePackAnswersTests.pack()
    let index = pack.count / 65_536 - 1
    let count = Int(pack[index * 65_536])
    try HostilePackAnswersTests.spoil(&pack, block: index, (0..<count).map { 8 + 16 * $0 + 12 }, with: offset)
    #expect(try HostilePackAnswersTests.status(of: "/", in: pack) == 500)
  }

  @Test func `A page for paths that are not there beyond the end of its block leaves the server's own`() throws {
    var pack = try HostilePackAnswersTests.pack()
    #expect(try HostilePackAnswersTests.status(of: "/none", in: pack) == 404)
    try HostilePackAnswersTests.spoil(&pack, block: 0, [50], with: 0x00FF)
    #expect(try HostilePackAnswersTests.status(of: "/none", in: pack) == 404)
    #expect(try HostilePackAnswersTests.status(of: "/", in: pack) == 200)
  }

  @Test func `Rules beyond the end of their block are an error of the server's`() throws {
    var pack = try HostilePackAnswersTests.pack()
    #expect(try HostilePackAnswersTests.status(of: "/old/a", in: pack) == 301)
    try HostilePackAnswersTests.spoil(&pack, block: 0, [70], with: 0x00FF)
    #expect(try HostilePackAnswersTests.status(of: "/old/a", in: pack) == 500)
    #expect(try HostilePackAnswersTests.status(of: "/", in: pack) == 200)
  }
}
