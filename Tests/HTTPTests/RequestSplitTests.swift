import HTTP
import TestKit
import Testing

struct RequestSplitTests {
  /// The requests of both tables.
  static let corpus = acceptedRequests.map(\.request) + rejectedRequests.map(\.request)

  @Test(arguments: corpus.indices)
  func `A request split anywhere reads like a whole one`(index: Int) {
    let bytes = Array(Self.corpus[index].utf8)
    let whole = Outcome(of: bytes)
    for split in 0...bytes.count {
      var scanner = RequestScanner()
      let front = Array(bytes[..<split])
      let early = Outcome(of: front, seenBy: &scanner)
      guard early == .incomplete else {
        #expect(early == whole, "after \(split) of \(bytes.count) bytes")
        continue
      }
      #expect(Outcome(of: bytes, seenBy: &scanner) == whole, "split at \(split)")
    }
  }

  @Test func `Empty lines in the place of the line that was seen are refused, and end`() {
    var scanner = RequestScanner()
    #expect(Outcome(of: Array("GET / HTTP/1.1\r\n".utf8), seenBy: &scanner) == .incomplete)
    #expect(Outcome(of: Array(String(repeating: "\r\n", count: 9).utf8), seenBy: &scanner) == .rejected(400))
  }

  @Test(arguments: corpus.indices)
  func `A request that comes byte by byte reads like a whole one`(index: Int) {
    let bytes = Array(Self.corpus[index].utf8)
    var scanner = RequestScanner()
    for count in 0...bytes.count {
      let front = Array(bytes[..<count])
      let outcome = Outcome(of: front, seenBy: &scanner)
      guard outcome == .incomplete else {
        #expect(outcome == Outcome(of: bytes))
        return
      }
    }
    Issue.record("the request never ended")
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `Garbage is read alike whole and in pieces`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let alphabet = Array("GET /HOST:xhost: \r\n\r\n\r\n\t%.?*\u{0}\u{7F}ü0123".utf8)
    for _ in 0..<200 {
      let bytes = (0..<Int.random(in: 0...90, using: &random)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      }
      expectPiecesLikeWhole(bytes, using: &random)
    }
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `Damaged requests are read alike whole and in pieces`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<200 {
      var bytes = Array(acceptedRequests[Int.random(in: 0..<acceptedRequests.count, using: &random)].request.utf8)
      for _ in 0...Int.random(in: 0...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        default: if bytes.count > 1 { bytes.remove(at: place) }
        }
      }
      expectPiecesLikeWhole(bytes, using: &random)
    }
  }

  /// Reads `bytes` whole, and in pieces of random length.
  private func expectPiecesLikeWhole(_ bytes: [UInt8], using random: inout SeededRandom) {
    var limits = RequestLimits()
    limits.headCount = 70
    limits.targetCount = 20
    limits.fieldCount = 5
    let whole = Outcome(of: bytes, limits: limits)
    var scanner = RequestScanner()
    var outcome = Outcome.incomplete
    var count = 0
    while outcome == .incomplete, count < bytes.count {
      count = min(bytes.count, count + Int.random(in: 1...20, using: &random))
      let front = Array(bytes[..<count])
      outcome = Outcome(of: front, seenBy: &scanner, limits: limits)
    }
    #expect(outcome == whole, "\(random): \(bytes)")
  }
}
