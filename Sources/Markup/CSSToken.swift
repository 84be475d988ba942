/// A token of CSS (CSS Syntax Module Level 3, §4), as far as it takes to find references.
enum CSSToken: Equatable {
  /// A name.
  case identifier(String)
  /// A name and the parenthesis behind it.
  case function(String)
  /// `@` and a name, without the `@`.
  case atKeyword(String)
  /// What stands between quotes.
  case string(String)
  /// What stands between the parentheses of a `url()` without quotes.
  case url(String)
  /// One of `{ } ( ) [ ] ; : ,`, or any other character.
  case delimiter(UInt8)
  /// White space.
  case space
}
