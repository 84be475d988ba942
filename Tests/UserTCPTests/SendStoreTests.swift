import TCP
import TestKit
import Testing
import Wire

@testable import UserTCP

/// Memory for text that is on its way.
struct SendStoreTests {
  @Test func `What was stored is what is read, piece by piece`() throws {
    var store = SendStore(chunks: 2)
    let bytes = (0..<1_000).map { UInt8(truncatingIfNeeded: $0) }
    let stored = store.store(bytes.rawSpan)
    let run = try #require(stored)
    #expect(run.length == 1_000)
    let piece = TextPiece(source: run.source, offset: 990, count: 10)
    let sum = InternetChecksum(summing: store.bytes(of: piece))
    let expected = InternetChecksum(summing: bytes.rawSpan.extracting(990..<1_000))
    #expect(sum == expected)
  }

  @Test func `A chunk takes no more than it holds, and none takes nothing`() throws {
    var store = SendStore(chunks: 1)
    let bytes = [UInt8](repeating: 7, count: SendStore.chunkByteCount + 1)
    let first = store.store(bytes.rawSpan)
    #expect(first?.length == UInt64(SendStore.chunkByteCount))
    let second = store.store(bytes.rawSpan)
    #expect(second == nil)
    store.release(try #require(first).source)
    let third = store.store(bytes.rawSpan)
    #expect(third != nil)
    let isFull = store.freeCount == 0
    #expect(isFull)
  }
}
