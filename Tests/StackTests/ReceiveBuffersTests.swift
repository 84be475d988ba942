import TestKit
import Testing
import Wire

@testable import Stack

/// Memory for text that cannot be read at once.
struct ReceiveBuffersTests {
  static func bytes(_ buffers: borrowing ReceiveBuffers, of buffer: UInt32, count: Int) -> [UInt8] {
    let span = buffers.bytes(of: buffer, count: count)
    return (0..<count).map { span.byte(at: $0) }
  }

  @Test func `There are so many buffers and no more`() {
    var buffers = ReceiveBuffers(count: 2, size: 16_384)
    let (first, second) = (buffers.allocate(for: 7), buffers.allocate(for: 8))
    #expect(first != nil && second != nil && first != second)
    #expect(buffers.allocate(for: 9) == nil)
    #expect(buffers.available == 0)
    if let first { buffers.release(first) }
    #expect(buffers.available == 1)
    #expect(buffers.allocate(for: 9) == first)
  }

  @Test func `The connection whose buffer was taken first is known`() throws {
    var buffers = ReceiveBuffers(count: 3, size: 16_384)
    #expect(buffers.oldestOwner == nil)
    let taken = [7, 8, 9].map { buffers.allocate(for: $0) }
    #expect(buffers.oldestOwner == 7)
    buffers.renew(try #require(taken[0]))
    #expect(buffers.oldestOwner == 8)
    buffers.release(try #require(taken[1]))
    #expect(buffers.oldestOwner == 9)
    buffers.release(try #require(taken[2]))
    #expect(buffers.oldestOwner == 7)
  }

  @Test func `Text is found where it was put, and moves to the front`() throws {
    var buffers = ReceiveBuffers(count: 2, size: 16_384)
    _ = buffers.allocate(for: 0)
    let allocated = buffers.allocate(for: 1)
    let buffer = try #require(allocated)
    buffers.store([1, 2, 3].rawSpan, in: buffer, at: 0)
    buffers.store([6, 7].rawSpan, in: buffer, at: 5)
    buffers.store([4, 5].rawSpan, in: buffer, at: 3)
    #expect(ReceiveBuffersTests.bytes(buffers, of: buffer, count: 7) == [1, 2, 3, 4, 5, 6, 7])
    buffers.dropFirst(4, of: buffer, held: 7)
    #expect(ReceiveBuffersTests.bytes(buffers, of: buffer, count: 3) == [5, 6, 7])
  }

  @Test func `A buffer holds a whole window`() throws {
    var buffers = ReceiveBuffers(count: 1, size: 16_384)
    let allocated = buffers.allocate(for: 1)
    let buffer = try #require(allocated)
    let text = [UInt8](PatternText.bytes(at: 0, count: 16_384))
    buffers.store(text.rawSpan, in: buffer, at: 0)
    buffers.store([9].rawSpan, in: buffer, at: 16_383)
    #expect(ReceiveBuffersTests.bytes(buffers, of: buffer, count: 16_384) == text.dropLast() + [9])
    buffers.dropFirst(16_384, of: buffer, held: 16_384)
  }
}
