import Cache
import Pack
import TestKit
import Wire

/// The blocks of a pack that is nothing but numbers: the payload of a block is its number again and again.
struct TestBlocks {
  /// The pack all of them belong to.
  static let identity: UInt64 = 0x1122_3344_5566_7788

  private var known: [UInt32: [UInt8]] = [:]

  /// All bytes of a block, sealed.
  mutating func block(_ number: UInt32) -> [UInt8] {
    if let block = known[number] { return block }
    let block = [UInt8](count: BlockGeometry.byteCount) { span in
      for offset in stride(from: 0, to: BlockGeometry.payloadCount, by: 4) { span.store(number, at: offset) }
      let trailer = BlockTrailer(
        kind: .data, number: BlockNumber(number), identity: TestBlocks.identity, used: BlockGeometry.payloadCount)
      trailer.seal(&span)
    }
    known[number] = block
    return block
  }
}
