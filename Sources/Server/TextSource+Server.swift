import Pack
import TCP

/// What the numbers of text sources mean to the server.
enum TextPlace: Equatable {
  /// A block of the pack, in the cache.
  case block(BlockNumber)
  /// A response head.
  case head(Int)
  /// A copy of text.
  case copy(Int)
}

extension TextSource {
  private static let headFlag: UInt32 = 1 << 31
  /// No pack has so many blocks.
  private static let copyFlag: UInt32 = 1 << 30

  /// The source that is a block of the pack.
  init(_ block: BlockNumber) {
    self.init(block.value)
  }

  /// The source that is a response head.
  init(head: Int) {
    self.init(TextSource.headFlag | UInt32(head))
  }

  /// The source that is a copy of text.
  init(copy place: Int) {
    self.init(TextSource.copyFlag | UInt32(place))
  }

  /// What the number means.
  var place: TextPlace {
    if number & TextSource.headFlag != 0 { return .head(Int(number & ~TextSource.headFlag)) }
    if number & TextSource.copyFlag != 0 { return .copy(Int(number & ~TextSource.copyFlag)) }
    return .block(BlockNumber(number))
  }
}
