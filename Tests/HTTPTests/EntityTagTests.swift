import HTTP
import TestKit
import Testing

struct EntityTagTests {
  /// Whether `list` names `tag`.
  private func isListed(_ tag: String, in list: String, by comparison: EntityTag.Comparison) -> Bool? {
    let tagBytes = Array(tag.utf8)
    let listBytes = Array(list.utf8)
    guard let parsed = EntityTag(tagBytes.rawSpan) else { return nil }
    return parsed.isListed(in: listBytes.rawSpan, by: comparison)
  }

  @Test(arguments: [
    (#"W/"1""#, #"W/"1""#, false, true), (#"W/"1""#, #"W/"2""#, false, false), (#"W/"1""#, #""1""#, false, true),
    (#""1""#, #""1""#, true, true),
  ])
  func `The examples of RFC 9110 compare as its table says`(left: String, right: String, strong: Bool, weak: Bool) {
    #expect(isListed(left, in: right, by: .strong) == strong)
    #expect(isListed(left, in: right, by: .weak) == weak)
  }

  @Test(arguments: [
    (#""a", "b", "c""#, true), (#""b""#, true), (#""a","b""#, true), (#""a" , , "b""#, true), (#", "b""#, true),
    (#"W/"b""#, true), ("*", true), (#""a""#, false), ("", false), ("b", false), (#""B""#, false), (#""b"#, false),
    (#""a, "b""#, false), (#""a""b""#, false), (#"w/"b""#, false), (#"W/ "b""#, false), (#""a, b""#, false),
    (#""a" b, "b""#, false), ("\"\"", false), ("*, *", false), (#""b"x"#, true),
  ])
  func `A list is searched tag by tag`(list: String, isNamed: Bool) {
    #expect(isListed(#""b""#, in: list, by: .weak) == isNamed)
  }

  @Test
  func `A tag may hold commas and be empty`() {
    #expect(isListed(#""a,b""#, in: #""a", "a,b""#, by: .strong) == true)
    #expect(isListed("\"\"", in: #""a", """#, by: .strong) == true)
  }

  @Test(arguments: ["", "a", "\"", "\"a", "a\"", "W/", "W/a", "W/\"a", "\"a\" ", "\"a\"b\"", "\"a b\"", "\"a\u{7F}\""])
  func `What is not quoted is no tag`(text: String) {
    #expect(isListed(text, in: "*", by: .weak) == nil)
  }
}
