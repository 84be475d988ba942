import HTTP
import TestKit
import Testing

struct AcceptedCodingsTests {
  /// The best coding for a client that sends these lines of `Accept-Encoding`.
  private func best(
    _ values: [String], of available: ContentCodings = [.identity, .gzip, .br, .zstd]
  ) throws -> ContentCoding? {
    let lines = values.map { "Accept-Encoding: \($0)\r\n" }.joined()
    let (head, bytes) = try head(of: "GET / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n")
    return AcceptedCodings(head, in: bytes.rawSpan).best(of: available)
  }

  @Test(
    arguments: [
      ("", .identity), ("gzip", .gzip), ("br", .br), ("zstd", .zstd), ("identity", .identity), ("GZip", .gzip),
      ("x-gzip", .gzip), ("gzip, deflate, br, zstd", .br), ("gzip, deflate", .gzip), ("deflate", .identity),
      ("gzip, zstd", .zstd), ("gzip;q=1.0, br;q=0.9", .gzip), ("gzip;q=0.001", .gzip), ("gzip;q=0", .identity),
      ("gzip;q=0.000, br;q=0.5", .br), ("br;q=0.8, gzip;q=0.801", .gzip), ("br;q=0.80, gzip;q=0.8", .br),
      ("gzip;q=0.5, identity;q=0.6", .identity), ("identity;q=0.5, gzip;q=0.5", .gzip), ("*", .br), ("*;q=0.1", .br),
      ("*;q=0.5, gzip", .gzip), ("*;q=0, gzip", .gzip), ("br;q=0, *", .zstd), ("compress;q=0.5, gzip;q=1.0", .gzip),
      ("gzip;q=1.0, identity; q=0.5, *;q=0", .gzip), ("gzip ; q=0.5 , br ; Q=0.4", .gzip), (",,gzip,,", .gzip),
      ("gzip;q=2", .identity), ("gzip;q=1.001", .identity), ("gzip;q=0.1234", .identity), ("gzip;q=.5", .identity),
      ("gzip;q=", .identity), ("gzip;q=-1", .identity), ("gzip;level=9", .identity), ("gzip;q=1.", .gzip),
      ("gzipped", .identity), ("gz ip", .identity),
    ] as [(String, ContentCoding)])
  func `The heaviest coding is chosen, and the server's order breaks a tie`(
    value: String, expected: ContentCoding
  ) throws {
    #expect(try best([value]) == expected)
  }

  @Test
  func `Without the field content is sent as it is`() throws {
    #expect(try best([]) == .identity)
  }

  @Test
  func `Only what there is can be chosen`() throws {
    #expect(try best(["br, gzip;q=0.5"], of: [.identity, .gzip]) == .gzip)
    #expect(try best(["br"], of: [.identity, .gzip]) == .identity)
    #expect(try best(["br"], of: [.identity]) == .identity)
  }

  @Test(arguments: ["identity;q=0", "*;q=0", "br, identity;q=0", "gzip, *;q=0"])
  func `A client can refuse everything there is`(value: String) throws {
    #expect(try best([value], of: [.identity]) == nil)
  }

  @Test
  func `Identity named beside a star that refuses is allowed`() throws {
    #expect(try best(["identity, *;q=0"]) == .identity)
    #expect(try best(["identity;q=0, gzip;q=0.1"]) == .gzip)
  }

  @Test
  func `Several lines are one list`() throws {
    #expect(try best(["gzip", "br"]) == .br)
    #expect(try best(["gzip;q=0.5", "*;q=0"]) == .gzip)
    #expect(try best(["gzip", "", "identity;q=0"], of: [.identity]) == nil)
  }
}
