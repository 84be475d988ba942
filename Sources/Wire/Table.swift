/// Values at places numbered from 0, in memory that is taken once: what an array is to whoever can wait.
///
/// An array that is changed in place asks first whether anybody shares it. A table cannot be shared, so a change is an
/// address and a comparison. Memory is first touched when a place is first taken.
@safe
package struct Table<Element>: ~Copyable {
  /// The most places there can be.
  package let capacity: Int
  /// Places that were taken, 0 to `count - 1`.
  package private(set) var count = 0

  private let start: UnsafeMutablePointer<Element>

  /// An empty table with room for so many values.
  @inline(__always)
  package init(capacity: Int) {
    precondition(capacity >= 0, "a table cannot hold less than nothing")
    self.capacity = capacity
    unsafe start = .allocate(capacity: capacity)
  }

  /// A table that is full of one value.
  @inline(__always)
  package init(repeating value: Element, count: Int) {
    self.init(capacity: count)
    unsafe start.initialize(repeating: value, count: count)
    self.count = count
  }

  /// Bytes that a table of so many places takes.
  package static func byteCount(capacity: Int) -> Int { capacity * MemoryLayout<Element>.stride }

  deinit {
    unsafe start.deinitialize(count: count)
    unsafe start.deallocate()
  }

  /// Whether no place is taken.
  @inline(__always)
  package var isEmpty: Bool { count == 0 }

  /// All places that are taken.
  package var indices: Range<Int> { 0..<count }

  /// The value at a place that is taken; traps at any other.
  @inline(__always)
  package subscript(place: Int) -> Element {
    unsafeAddress {
      precondition(UInt(bitPattern: place) < UInt(bitPattern: count), "no such place")
      return unsafe UnsafePointer(start + place)
    }
    unsafeMutableAddress {
      precondition(UInt(bitPattern: place) < UInt(bitPattern: count), "no such place")
      return unsafe start + place
    }
  }

  /// Takes the next place; traps where there is none.
  @inline(__always)
  package mutating func append(_ value: Element) {
    precondition(count < capacity, "the table is full")
    unsafe (start + count).initialize(to: value)
    count &+= 1
  }

  /// Gives the last place up.
  /// - Returns: the value that stood there; nil where there is none.
  @inline(__always)
  package mutating func popLast() -> Element? {
    guard count > 0 else { return nil }
    count &-= 1
    return unsafe (start + count).move()
  }
}
