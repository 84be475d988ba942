import Cache
import Pack
import TestKit

/// Requests for blocks, one after the other.
struct Trace {
  /// A request.
  struct Request {
    /// The block.
    var block: UInt32
    /// What the server says it is worth.
    var worth = Worth.ordinary
  }

  /// What it is called in the results.
  let name: String
  /// The requests.
  let requests: [Request]

  /// Blocks of the site that all traces are of.
  static let blockCount = 4_000

  /// All traces, the same every time.
  static func all() -> [Trace] {
    var random = SeededRandom(seed: 0x4556_4943)
    return [zipf(&random), zipfWithScans(&random), loops(&random), pages(&random), crawledPages(&random)]
  }

  /// Blocks of which few are asked for often: the n-th most popular 1/n as often as the first, to the power of 0.9.
  private static func zipf(_ random: inout SeededRandom) -> Trace {
    let popularity = Zipf(count: blockCount, exponent: 0.9)
    return Trace(name: "Zipf", requests: (0..<150_000).map { _ in Request(block: popularity.next(&random)) })
  }

  /// The same, and now and then somebody reads everything once.
  private static func zipfWithScans(_ random: inout SeededRandom) -> Trace {
    let popularity = Zipf(count: blockCount, exponent: 0.9)
    var requests: [Request] = []
    for _ in 0..<12 {
      for _ in 0..<8_000 { requests.append(Request(block: popularity.next(&random))) }
      for block in 0..<UInt32(blockCount) {
        requests.append(Request(block: block))
        requests.append(Request(block: popularity.next(&random)))
      }
    }
    return Trace(name: "Zipf and scans", requests: requests)
  }

  /// A few hundred blocks round and round, and others beside them.
  private static func loops(_ random: inout SeededRandom) -> Trace {
    let popularity = Zipf(count: blockCount, exponent: 0.9)
    let requests = (0..<100_000).map { step in
      Request(block: step % 2 == 0 ? UInt32(step / 2 % 600) : popularity.next(&random))
    }
    return Trace(name: "loop and Zipf", requests: requests)
  }

  /// Pages of one to seven blocks, each asked for once or a few times in a row because it holds several files.
  private static func pages(_ random: inout SeededRandom) -> Trace {
    let site = PagedSite(&random)
    let popularity = Zipf(count: site.pages.count, exponent: 0.9)
    var requests: [Request] = []
    for _ in 0..<12_000 { site.visit(Int(popularity.next(&random)), &random, &requests) }
    return Trace(name: "pages", requests: requests)
  }

  /// The same pages, and a robot that looks at all of them beside the visitors.
  private static func crawledPages(_ random: inout SeededRandom) -> Trace {
    let site = PagedSite(&random)
    let popularity = Zipf(count: site.pages.count, exponent: 0.9)
    var requests: [Request] = []
    for visit in 0..<12_000 {
      site.visit(visit % 2 == 0 ? Int(popularity.next(&random)) : visit / 2 % site.pages.count, &random, &requests)
    }
    return Trace(name: "pages and a robot", requests: requests)
  }
}

/// Numbers of which the n-th comes with a probability in proportion to 1/n to some power.
private struct Zipf {
  private let sums: [Double]
  private let places: [UInt32]

  init(count: Int, exponent: Double) {
    var sum = 0.0
    sums = (1...count).map { number in
      sum += 1 / Zipf.power(Double(number), exponent)
      return sum
    }
    // What is popular lies anywhere.
    var random = SeededRandom(seed: UInt64(count))
    places = (0..<UInt32(count)).shuffled(using: &random)
  }

  func next(_ random: inout SeededRandom) -> UInt32 {
    let point = Double.random(in: 0..<(sums.last ?? 0), using: &random)
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] <= point { low = middle + 1 } else { high = middle }
    }
    return places[low]
  }

  /// A power with an exponent that is a multiple of a tenth, by roots of the fifth and second degree.
  private static func power(_ base: Double, _ exponent: Double) -> Double {
    var root = base.squareRoot()
    for _ in 0..<60 { root -= (root * root * root * root * root - base.squareRoot()) / (5 * root * root * root * root) }
    return (0..<Int((exponent * 10).rounded())).reduce(1.0) { product, _ in product * root }
  }
}

/// A site of pages, side by side on the disk, and the index before them.
private struct PagedSite {
  let pages: [Range<UInt32>]
  private static let indexCount: UInt32 = 8

  init(_ random: inout SeededRandom) {
    var (pages, next) = ([] as [Range<UInt32>], PagedSite.indexCount)
    while next < UInt32(Trace.blockCount) - 8 {
      let end = next + UInt32.random(in: 1...7, using: &random)
      pages.append(next..<end)
      next = end
    }
    self.pages = pages
  }

  /// A page, its files one after the other, each by way of the index.
  func visit(_ number: Int, _ random: inout SeededRandom, _ requests: inout [Trace.Request]) {
    for block in pages[number] {
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = UInt32.random(in: 0..<PagedSite.indexCount, using: &random)
        requests.append(Trace.Request(block: index, worth: .index))
        requests.append(Trace.Request(block: block, worth: block == pages[number].lowerBound ? .head : .ordinary))
      }
    }
  }
}
