import TestKit
import Time

extension SimulatedTransfer {
  /// A file that is fetched over 100 Mbit/s by a peer with selective acknowledgments and a large window.
  /// - Parameters:
  ///   - byteCount: the file's size.
  ///   - roundTrip: there and back, where no queue is.
  ///   - queue: the longest time that a segment waits before the narrow place.
  static func file(of byteCount: Int, roundTrip: Interval, queue: Interval) -> SimulatedTransfer {
    var transfer = SimulatedTransfer(random: SeededRandom(exactly: 6_675))
    transfer.configuration.mostSentRanges = 4_096
    transfer.behaviour.answerSizes = [byteCount]
    transfer.behaviour.isSelective = true
    transfer.behaviour.scale = 7
    transfer.behaviour.capacity = 4_000_000
    transfer.inbound.delay = roundTrip / 2
    transfer.outbound.delay = transfer.inbound.delay
    transfer.outbound.bandwidth = 12_500_000
    transfer.outbound.longestQueue = queue
    return transfer
  }
}
