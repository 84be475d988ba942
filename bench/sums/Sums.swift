import Glibc
import Pack
import Wire

/// Checks that the sum of any segment, put together from stored sums, is the sum of its bytes: for every maximum segment
/// size from 88 to 9,000, and for millions of random ranges over several blocks. Ends with 1 at the first that differs.
@main
struct Sums: ~Copyable {
  /// Blocks of a body that begins somewhere in the first and runs on over all of them.
  private static let blockCount = 6

  private var memory = ByteArena(byteCount: blockCount * BlockGeometry.byteCount)
  /// The payloads alone, one behind the other: what the sums are of.
  private var text = ByteArena(byteCount: blockCount * BlockGeometry.payloadCount)
  private var random: UInt64

  static func main() {
    let arguments = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
    let (count, seed) = (arguments.first ?? 10_000_000, arguments.dropFirst().first ?? UInt64.random(in: 1 ... .max))
    var sums = Sums(seed: seed)
    let sizes = sums.checkSegments()
    print("every MSS from 88 to 9,000: stored == computed for \(sizes) segments")
    sums.checkRanges(count)
    print("stored == computed for \(count) random ranges, seed \(seed)")
    let ratio = sums.ratio()
    print(
      "the sum of a segment of 1,460 bytes from stored sums is found \((ratio * 10).rounded() / 10) times as fast as by reading it"
    )
  }

  private init(seed: UInt64) {
    random = seed | 1
    for number in 0..<Sums.blockCount { fill(number) }
  }

  /// xorshift64* (Vigna 2016).
  private mutating func next() -> UInt64 {
    random ^= random >> 12
    random ^= random << 25
    random ^= random >> 27
    return random &* 0x2545_F491_4F6C_DD1D
  }

  private mutating func next(below limit: Int) -> Int { Int(next() % UInt64(limit)) }

  /// A block of noise; one in three bytes, and one in four blocks, is all zeros or all ones, where sums have two spellings.
  private mutating func fill(_ number: Int) {
    let plain: UInt8? = number % 4 == 3 ? 0xFF : nil
    let start = number * BlockGeometry.payloadCount
    let noise = (0..<BlockGeometry.payloadCount).map { _ in
      plain ?? (next() % 3 == 0 ? (next() & 1 == 0 ? 0 : 0xFF) : UInt8(truncatingIfNeeded: next() >> 8))
    }
    text.copy(noise, to: start)
    memory.copy(noise, to: number * BlockGeometry.byteCount)
    var block = memory.mutableBytes(at: number * BlockGeometry.byteCount, count: BlockGeometry.byteCount)
    let trailer = BlockTrailer(
      kind: .data, number: BlockNumber(UInt32(number)), identity: 1, used: BlockGeometry.payloadCount)
    trailer.seal(&block)
  }

  /// The sum of a range of the body, from the sums that stand in its blocks.
  private borrowing func stored(_ range: Range<Int>) -> InternetChecksum {
    var (sum, position) = (InternetChecksum.zero, range.lowerBound)
    while position < range.upperBound {
      let (block, offset) = position.quotientAndRemainder(dividingBy: BlockGeometry.payloadCount)
      let count = min(range.upperBound - position, BlockGeometry.payloadCount - offset)
      let bytes = memory.bytes(at: block * BlockGeometry.byteCount, count: BlockGeometry.byteCount)
      sum += StoredSums.sum(of: offset..<(offset + count), in: bytes).placed(at: position - range.lowerBound)
      position += count
    }
    return sum
  }

  private borrowing func check(_ range: Range<Int>) {
    let computed = InternetChecksum(summing: text.bytes(at: range.lowerBound, count: range.count))
    guard stored(range) == computed else {
      print("the sum of bytes \(range) is \(computed.folded), and not \(stored(range).folded)")
      exit(1)
    }
  }

  /// Cuts the body into segments of each size, from a random byte on.
  /// - Returns: how many segments there were.
  private mutating func checkSegments() -> Int {
    var count = 0
    for size in 88...9_000 {
      var start = next(below: 3 * size)
      // Small sizes have many segments, of which forty, and a block's end among them, are as good as all.
      let end = min(start + max(40 * size, 70_000), Sums.blockCount * BlockGeometry.payloadCount)
      while start + size <= end {
        check(start..<(start + size))
        start += size
        count += 1
      }
    }
    return count
  }

  private mutating func checkRanges(_ count: UInt64) {
    let all = Sums.blockCount * BlockGeometry.payloadCount
    for _ in 0..<count {
      let start = next(below: all)
      let longest = min(all - start, next() & 15 == 0 ? all : 9_000)
      check(start..<(start + next(below: longest + 1)))
    }
  }

  /// How many times longer it takes to read a segment than to look its sum up.
  private mutating func ratio() -> Double {
    let offsets = (0..<4_096).map { _ in next(below: Sums.blockCount * BlockGeometry.payloadCount - 1_460) }
    var mixed = InternetChecksum.zero
    let clock = ContinuousClock()
    let start = clock.now
    for _ in 0..<50 {
      for offset in offsets { mixed += stored(offset..<(offset + 1_460)) }
    }
    let middle = clock.now
    for _ in 0..<50 {
      for offset in offsets { mixed += InternetChecksum(summing: text.bytes(at: offset, count: 1_460)) }
    }
    let computing = clock.now - middle
    // Whatever it is: the sums are of no use if nobody looks at them.
    if mixed.folded == 1 { print("") }
    return computing / (middle - start)
  }
}
