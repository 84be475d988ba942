/// A queue of bounded length in memory that is allocated once.
struct RingQueue<Element: Sendable>: Sendable {
  private var slots: [Element?]
  private var first = 0
  private(set) var count = 0

  /// An empty queue for so many elements.
  init(capacity: Int) {
    slots = Array(repeating: nil, count: capacity)
  }

  /// Adds an element at the end; traps when the queue is full.
  mutating func append(_ element: Element) {
    precondition(count < slots.count, "the queue is full")
    slots[(first + count) % slots.count] = element
    count += 1
  }

  /// Takes the oldest element; nil when there is none.
  mutating func popFirst() -> Element? {
    guard count > 0 else { return nil }
    let element = slots[first]
    first = (first + 1) % slots.count
    count -= 1
    return element
  }

  /// Forgets all elements.
  mutating func removeAll() {
    count = 0
  }
}
