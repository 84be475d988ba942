/// What a test kit has found wrong, in words that help to find out why.
package struct TestFailure: Error, CustomStringConvertible {
  /// What was expected, and what came instead.
  package let description: String

  /// A failure with this explanation.
  package init(_ description: String) {
    self.description = description
  }
}

/// Throws unless something holds.
/// - Throws: `TestFailure` with the explanation.
package func require(_ condition: Bool, _ explanation: @autoclosure () -> String) throws(TestFailure) {
  if !condition { throw TestFailure(explanation()) }
}
