package import Link
import Stack
import TCP
package import Time
import Wire

/// What goes out.
extension LoadEngine {
  /// Makes the next frame, to be taken from `frame`; false when there is nothing to send. To be asked until it says false.
  package mutating func makeFrame(at now: Instant) -> Bool {
    guard host.makeFrame(at: now) else { return false }
    if host.outgoing.needsTextSum { host.finish(outgoingTextSum()) }
    return true
  }

  /// The frame that `makeFrame` has made. It can be offered to a device again until the next is made.
  @_lifetime(borrow self)
  package borrowing func frame() -> OutgoingFrame {
    let plan = host.outgoing
    return OutgoingFrame(
      header: host.headerBytes, text: pieceBytes(plan, 0, requests), pieceBytes(plan, 1, requests),
      pieceBytes(plan, 2, requests), pieceBytes(plan, 3, requests), offload: outgoingOffload)
  }

  /// Requests are short: they are never more than one segment, and summed as they are sent.
  private func outgoingTextSum() -> InternetChecksum {
    var (sum, position) = (InternetChecksum.zero, 0)
    let plan = host.outgoing
    for index in 0..<plan.pieceCount {
      sum += InternetChecksum(summing: pieceBytes(plan, index, requests)).placed(at: position)
      position += plan[index].count
    }
    return sum
  }

  private var outgoingOffload: TransmitOffload {
    guard host.outgoing.kind == .segment, host.configuration.deviceFinishesChecksums else { return .none }
    return .checksum(
      start: UInt16(host.outgoing.segmentStart), offset: UInt16(TCPHeader.checksumOffset))
  }
}

/// The bytes of one piece of a frame's text; empty behind the last.
@_lifetime(borrow requests)
private func pieceBytes(_ plan: FramePlan, _ index: Int, _ requests: borrowing RequestList) -> RawSpan {
  guard index < plan.pieceCount else { return RawSpan() }
  let piece = plan[index]
  return requests.text(of: Int(piece.source.number), at: piece.offset, count: piece.count)
}
