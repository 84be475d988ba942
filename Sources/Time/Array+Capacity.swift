extension Array {
  /// An empty array with room for so many elements, which it takes without allocating. The room is not touched before.
  package init(capacity: Int) {
    self = []
    reserveCapacity(capacity)
  }
}
