import Link
import Stack
import TCP
import Wire

/// How frames are put together from headers and stored text.
extension TCPService {
  /// Completes the checksum of a frame from the bytes of its text.
  mutating func sumText(of plan: FramePlan) {
    var sum = InternetChecksum.zero
    var position = 0
    for index in 0..<plan.pieceCount {
      sum += InternetChecksum(summing: store.bytes(of: plan[index])).placed(at: position)
      position += plan[index].count
    }
    host.finish(sum)
  }

  /// The frame that the host has made.
  @_lifetime(borrow self)
  borrowing func frame(of plan: FramePlan) -> OutgoingFrame {
    OutgoingFrame(
      header: host.headerBytes, text: pieceBytes(plan, 0, store), pieceBytes(plan, 1, store),
      pieceBytes(plan, 2, store),
      pieceBytes(plan, 3, store), offload: offload(of: plan))
  }

  private func offload(of plan: FramePlan) -> TransmitOffload {
    guard plan.kind == .segment, host.configuration.deviceFinishesChecksums else { return .none }
    let start = UInt16(plan.segmentStart)
    let offset = UInt16(TCPHeader.checksumOffset)
    guard plan.textCount > plan.segmentSize else { return .checksum(start: start, offset: offset) }
    return .segmentation(size: UInt16(plan.segmentSize), start: start, offset: offset)
  }
}

/// The bytes of one piece of a frame's text; empty behind the last.
@_lifetime(borrow store)
private func pieceBytes(_ plan: FramePlan, _ index: Int, _ store: borrowing SendStore) -> RawSpan {
  guard plan.kind == .segment, index < plan.pieceCount else { return RawSpan() }
  return store.bytes(of: plan[index])
}
