import Cache
package import Link
import Pack
import Stack
import TCP
package import Time
import Wire

/// What goes out.
extension Engine {
  /// Makes the next frame, to be taken from `frame`; false when there is nothing to send. To be asked until it says false.
  package mutating func makeFrame(at now: Instant) -> Bool {
    outgoing = host.nextFrame(at: now)
    guard let plan = outgoing else { return false }
    guard plan.kind == .segment, plan.textCount > 0 else { return true }
    if plan.needsTextSum {
      host.finish(textSum(of: plan))
    } else {
      counters.sumsStored += 1
    }
    return true
  }

  /// The frame that `makeFrame` has made. It can be offered to a device again until the next is made.
  @_lifetime(borrow self)
  package borrowing func frame() -> OutgoingFrame {
    guard let plan = outgoing else { return OutgoingFrame(header: RawSpan()) }
    return OutgoingFrame(
      header: host.headerBytes, text: pieceBytes(plan, 0, heads, copies, cache),
      pieceBytes(plan, 1, heads, copies, cache),
      pieceBytes(plan, 2, heads, copies, cache), pieceBytes(plan, 3, heads, copies, cache),
      offload: offload(of: plan))
  }

  /// The sum of a frame's text: from the stored sums, without a look at the bytes, unless the product is told to compute.
  private mutating func textSum(of plan: FramePlan) -> InternetChecksum {
    var sum = InternetChecksum.zero
    var position = 0
    var areSumsStored = configuration.usesStoredSums
    for index in 0..<plan.pieceCount {
      let piece = plan[index]
      let part: InternetChecksum
      switch piece.source.place {
      case .head(let place): part = heads.sum(of: place, at: piece.offset, count: piece.count)
      case .copy(let place):
        part = InternetChecksum(summing: copies.bytes(of: place, at: piece.offset, count: piece.count))
        areSumsStored = false
      case .block(let block) where configuration.usesStoredSums:
        part = cache.sum(of: piece.offset..<(piece.offset + piece.count), in: block)
      case .block: part = InternetChecksum(summing: pieceBytes(plan, index, heads, copies, cache))
      }
      sum += part.placed(at: position)
      position += piece.count
    }
    if areSumsStored { counters.sumsStored += 1 } else { counters.sumsComputed += 1 }
    return sum
  }

  /// What the device still has to do for the frame.
  private func offload(of plan: FramePlan) -> TransmitOffload {
    guard plan.kind == .segment, host.configuration.deviceFinishesChecksums else { return .none }
    let start = UInt16(EthernetHeader.byteCount + IPv4Header.byteCount)
    let offset = UInt16(TCPHeader.checksumOffset)
    guard plan.textCount > plan.segmentSize else { return .checksum(start: start, offset: offset) }
    return .segmentation(size: UInt16(plan.segmentSize), start: start, offset: offset)
  }
}

/// The bytes of one piece of a frame's text; empty behind the last.
@_lifetime(borrow heads, borrow copies, borrow cache)
private func pieceBytes(
  _ plan: FramePlan, _ index: Int, _ heads: borrowing HeadPool, _ copies: borrowing CopyPool,
  _ cache: borrowing BlockCache
) -> RawSpan {
  guard index < plan.pieceCount else { return RawSpan() }
  let piece = plan[index]
  switch piece.source.place {
  case .head(let place): return heads.bytes(of: place, at: piece.offset, count: piece.count)
  case .copy(let place): return copies.bytes(of: place, at: piece.offset, count: piece.count)
  case .block(let block):
    return cache.payload(of: block).extracting(piece.offset..<(piece.offset + piece.count))
  }
}
