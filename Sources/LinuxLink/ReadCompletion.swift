/// A block that was asked for has been read, or could not be.
package struct ReadCompletion: Equatable, Sendable {
  /// The number of the block.
  package let block: UInt64
  /// The frame it was to be read into.
  package let frame: Int
  /// How the read ended.
  package let outcome: ReadOutcome
}
