import HTTP
import TestKit
import Testing

struct PreconditionsTests {
  /// The representation: tag `"v1"`, changed at 1994-11-06 08:49:37.
  private static let changed = "Sun, 06 Nov 1994 08:49:37 GMT"
  private static let before = "Sun, 06 Nov 1994 08:49:36 GMT"
  private static let after = "Sun, 06 Nov 1994 08:49:38 GMT"

  /// Evaluates a request with these fields.
  private func outcome(
    _ fields: [String], method: String = "GET", tag: String = #""v1""#, lastModified: Int64? = 784_111_777
  ) throws -> PreconditionOutcome {
    let lines = fields.map { $0 + "\r\n" }.joined()
    let (head, bytes) = try head(of: "\(method) / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n")
    let tagBytes = Array(tag.utf8)
    let validators = Validators(entityTag: tagBytes.rawSpan, lastModified: lastModified)
    return head.evaluate(validators, in: bytes.rawSpan, now: 1_782_864_000)
  }

  @Test(
    arguments: [
      ([], .proceed),
      ([#"If-Match: "v1""#], .proceed),
      (["If-Match: *"], .proceed),
      ([#"If-Match: "v0", "v1""#], .proceed),
      ([#"If-Match: "v0""#, #"If-Match: "v1""#], .proceed),
      ([#"If-Match: "v0""#], .failed),
      ([#"If-Match: W/"v1""#], .failed),
      (["If-Match: v1"], .failed),
      (["If-Match:"], .failed),
      (["If-None-Match:"], .proceed),
      (["If-Unmodified-Since: \(changed)"], .proceed),
      (["If-Unmodified-Since: \(after)"], .proceed),
      (["If-Unmodified-Since: \(before)"], .failed),
      (["If-Unmodified-Since: yesterday"], .proceed),
      ([#"If-None-Match: "v1""#], .notModified),
      ([#"If-None-Match: W/"v1""#], .notModified),
      (["If-None-Match: *"], .notModified),
      ([#"If-None-Match: "v0""#], .proceed),
      ([#"If-None-Match: "v0""#, #"If-None-Match: "v1""#], .notModified),
      (["If-Modified-Since: \(changed)"], .notModified),
      (["If-Modified-Since: \(after)"], .notModified),
      (["If-Modified-Since: \(before)"], .proceed),
      (["If-Modified-Since: 784111777"], .proceed),
      (["If-Modified-Since: \(changed)", "If-Modified-Since: \(changed)"], .proceed),
    ] as [([String], PreconditionOutcome)])
  func `Each condition alone`(fields: [String], expected: PreconditionOutcome) throws {
    #expect(try outcome(fields) == expected)
    #expect(try outcome(fields, method: "HEAD") == expected)
    #expect(try outcome(fields, method: "OPTIONS") == .proceed)
  }

  @Test(
    arguments: [
      ([#"If-Match: "v1""#, "If-Unmodified-Since: \(before)"], .proceed),
      ([#"If-Match: "v0""#, #"If-None-Match: "v1""#], .failed),
      ([#"If-Match: "v1""#, #"If-None-Match: "v1""#], .notModified),
      (["If-Unmodified-Since: \(before)", #"If-None-Match: "v1""#], .failed),
      ([#"If-None-Match: "v0""#, "If-Modified-Since: \(after)"], .proceed),
      ([#"If-None-Match: "v1""#, "If-Modified-Since: \(before)"], .notModified),
    ] as [([String], PreconditionOutcome)])
  func `Conditions together, in the order of the RFC`(fields: [String], expected: PreconditionOutcome) throws {
    #expect(try outcome(fields) == expected)
  }

  @Test
  func `A representation without a tag or a date fulfils only the star`() throws {
    #expect(try outcome([#"If-None-Match: "v1""#], tag: "") == .proceed)
    #expect(try outcome(["If-None-Match: *"], tag: "") == .notModified)
    #expect(try outcome([#"If-Match: "v1""#], tag: "") == .failed)
    #expect(try outcome(["If-Match: *"], tag: "") == .proceed)
    #expect(try outcome(["If-Modified-Since: \(Self.after)"], lastModified: nil) == .proceed)
    #expect(try outcome(["If-Unmodified-Since: \(Self.before)"], lastModified: nil) == .proceed)
  }

  @Test
  func `A weak tag revalidates and never matches strongly`() throws {
    #expect(try outcome([#"If-None-Match: W/"v1""#], tag: #"W/"v1""#) == .notModified)
    #expect(try outcome([#"If-Match: W/"v1""#], tag: #"W/"v1""#) == .failed)
  }
}
