/// What a flow has come to: in which table it is, and where.
enum FlowReference: Equatable {
  case connection(Int)
  case halfOpen(Int)
  case timeWait(Int)
  case opening(Int)

  /// The reference as a number: kind in the two highest bits.
  @inline(__always)
  var bits: UInt32 {
    switch self {
    case .connection(let index): UInt32(index)
    case .halfOpen(let index): 1 << 30 | UInt32(index)
    case .timeWait(let index): 2 << 30 | UInt32(index)
    case .opening(let index): 3 << 30 | UInt32(index)
    }
  }

  /// The reference that a number stands for.
  init(bits: UInt32) {
    let index = Int(bits & 0x3FFF_FFFF)
    switch bits >> 30 {
    case 0: self = .connection(index)
    case 1: self = .halfOpen(index)
    case 2: self = .timeWait(index)
    default: self = .opening(index)
    }
  }
}
