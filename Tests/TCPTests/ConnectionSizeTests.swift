import Testing

@testable import TCP

/// A million idle connections are to fit a gibibyte with all tables.
struct ConnectionSizeTests {
  @Test func `A connection stays small`() {
    let size = MemoryLayout<Connection>.stride
    #expect(size <= 624, "\(size) bytes")
    #expect(MemoryLayout<SentRange>.stride <= 24)
  }
}
