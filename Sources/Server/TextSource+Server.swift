import Pack
import TCP

/// What the numbers of text sources mean to the server.
enum TextPlace: Equatable {
  /// A block of the pack, in the cache.
  case block(BlockNumber)
  /// A response head.
  case head(Int)
}

extension TextSource {
  private static let headFlag: UInt32 = 1 << 31

  /// The source that is a block of the pack.
  init(_ block: BlockNumber) {
    self.init(block.value)
  }

  /// The source that is a response head.
  init(head: Int) {
    self.init(TextSource.headFlag | UInt32(head))
  }

  /// What the number means.
  var place: TextPlace {
    if number & TextSource.headFlag != 0 { return .head(Int(number & ~TextSource.headFlag)) }
    return .block(BlockNumber(number))
  }
}
