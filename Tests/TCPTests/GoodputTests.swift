import TCP
import TestKit
import Testing
import Time

/// How fast text arrives by loss, round trip and algorithm: committed numbers, so that no change goes unseen.
struct GoodputTests {
  /// A cell of the matrix: a million bytes over 100 Mbit/s with a queue of 50 ms, in kilobytes a second.
  struct Cell: Sendable {
    let algorithm: CongestionAlgorithm
    /// Parts in a thousand of what the server sends.
    let loss: Int
    /// Milliseconds there and back.
    let roundTrip: UInt64
    let goodput: Int
  }

  static let matrix: [Cell] = [
    Cell(algorithm: .cubic, loss: 0, roundTrip: 1, goodput: 11_628),
    Cell(algorithm: .cubic, loss: 1, roundTrip: 1, goodput: 11_611),
    Cell(algorithm: .cubic, loss: 10, roundTrip: 1, goodput: 11_466),
    Cell(algorithm: .cubic, loss: 50, roundTrip: 1, goodput: 830),
    Cell(algorithm: .cubic, loss: 0, roundTrip: 40, goodput: 2_716),
    Cell(algorithm: .cubic, loss: 1, roundTrip: 40, goodput: 2_658),
    Cell(algorithm: .cubic, loss: 10, roundTrip: 40, goodput: 2_258),
    Cell(algorithm: .cubic, loss: 50, roundTrip: 40, goodput: 136),
    Cell(algorithm: .newReno, loss: 0, roundTrip: 1, goodput: 11_628),
    Cell(algorithm: .newReno, loss: 1, roundTrip: 1, goodput: 11_611),
    Cell(algorithm: .newReno, loss: 10, roundTrip: 1, goodput: 11_466),
    Cell(algorithm: .newReno, loss: 50, roundTrip: 1, goodput: 727),
    Cell(algorithm: .newReno, loss: 0, roundTrip: 40, goodput: 2_716),
    Cell(algorithm: .newReno, loss: 1, roundTrip: 40, goodput: 2_658),
    Cell(algorithm: .newReno, loss: 10, roundTrip: 40, goodput: 2_192),
    Cell(algorithm: .newReno, loss: 50, roundTrip: 40, goodput: 120),
  ]

  @Test(arguments: matrix)
  func `Goodput is what it was, within a tenth`(cell: Cell) throws {
    var transfer = SimulatedTransfer.file(
      of: 1_000_000, roundTrip: .milliseconds(cell.roundTrip), queue: .milliseconds(50))
    transfer.configuration.congestion = cell.algorithm
    transfer.outbound.loss = Double(cell.loss) / 1_000
    let outcome = try transfer.run()
    let goodput = 1_000_000_000 / Int(outcome.duration.microseconds)
    let tenth = cell.goodput / 10
    #expect(abs(goodput - cell.goodput) <= tenth, "\(goodput) kB/s, \(outcome.retransmissionCount) segments once more")
  }
}
