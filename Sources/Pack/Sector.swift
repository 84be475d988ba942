/// A piece of a block that can be read, and checked, without those before it: 4,096 bytes.
package struct Sector: Comparable, Sendable {
  /// Its number in the block, from 0 to 15.
  package let number: UInt8

  /// Bytes of a sector: what a disk reads at least.
  package static let byteCount = 4_096
  /// The first of a block.
  package static let first = Sector(holding: 0)
  /// The last of a block, in which its trailer is.
  package static let last = Sector(holding: BlockGeometry.byteCount - 1)

  /// The sector that a byte of a block lies in. Packs may say of bytes behind a block's end that they are in it: for those it is the
  /// last, in which whoever parses what is there finds out.
  @inline(__always)
  package init(holding offset: Int) {
    precondition(offset >= 0, "outside the block")
    number = UInt8(truncatingIfNeeded: min(offset, BlockGeometry.byteCount - 1) / Sector.byteCount)
  }

  /// Where it begins, in bytes from the front of the block.
  package var offset: Int { Int(number) * Sector.byteCount }

  /// Orders sectors as they stand in the block.
  @inline(__always)
  package static func < (left: Sector, right: Sector) -> Bool { left.number < right.number }
}
