/// A place in the cache's memory that holds one block.
package struct Frame: Hashable, Sendable {
  /// Its number, from 0.
  package let number: Int

  /// The frame with this number.
  @inlinable
  package init(_ number: Int) {
    self.number = number
  }
}
