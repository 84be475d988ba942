import Cache
import HTTP
import Pack
import Stack
import TCP
import Wire

/// Answers of several parts of a file (RFC 9110 §15.3.7.2). What stands between the parts is composed as their turn comes.
extension Engine {
  /// How a file is answered of which several parts are wanted: whole, where no part can be kept apart from the next, or
  /// too many others are being sent in parts.
  mutating func decideParts(
    _ ranges: ByteRanges, of file: Representation, in block: BlockNumber
  ) -> Composition {
    let whole = Composition.file(file, .whole, block)
    guard plans.available > 0, hasBoundary(file, in: block), var memory = workbench.take() else { return whole }
    let length = lengthOfParts(ranges, of: file, in: block, &memory)
    workbench = consume memory
    return length.map { .parts(file, length: $0, block) } ?? whole
  }

  /// Whether the tag of a file can stand between its parts.
  private func hasBoundary(_ file: Representation, in block: BlockNumber) -> Bool {
    let tag = file.storedHead(in: cache.payload(of: block)).extracting(file.head.entityTag)
    return EntityTag.boundary(tag) != nil
  }

  /// Bytes of all parts with what stands between them, which is composed in `memory` to be counted; nil where it does not
  /// fit.
  private func lengthOfParts(
    _ ranges: ByteRanges, of file: Representation, in block: BlockNumber, _ memory: inout ByteArena
  ) -> UInt64? {
    guard var length = write(.lastPart(file, block), to: &memory).map(UInt64.init) else { return nil }
    for index in 0..<ranges.count {
      guard let front = write(.part(file, ranges[index], block), to: &memory) else { return nil }
      length += UInt64(front) + UInt64(ranges[index].count)
    }
    return length
  }

  /// Notes which parts are to be sent.
  mutating func planParts(
    of file: Representation, in block: BlockNumber, _ request: RequestHead, _ text: RawSpan
  ) -> PartsNumber? {
    let ranges = ByteRanges(request.range.bytes(of: text), length: file.body.count)
    return ranges.flatMap { plans.insert(PartsPlan(representation: file, block: block, ranges: $0)) }
  }

  /// Goes on to the next part, or to what stands behind the last.
  /// - Returns: false where something is missing: room, a place for a head, or the block with the record.
  mutating func beginPart(of number: PartsNumber, on id: ConnectionID) -> Bool {
    guard let plan = plans[number], host.queueRoom(of: id) >= 2, host.wantsText(id) else {
      // A queue that is full of small parts is not to wait for more of them before it sends.
      host.expectMoreText(false, on: id)
      return false
    }
    guard has(plan.block, from: plan.representation.head.offset, for: id) else {
      expectBlock(id)
      return false
    }
    guard let place = heads.allocate() else {
      // Others hold the places until what they have to send is acknowledged, and so may this one.
      host.expectMoreText(false, on: id)
      starve(id)
      return false
    }
    let isLast = plan.begun == plan.ranges.count
    let part: Composition =
      isLast
      ? .lastPart(plan.representation, plan.block)
      : .part(plan.representation, plan.ranges[plan.begun], plan.block)
    _ = spell(part, at: place, keepsAlive: true, hasBody: true)
    appendHead(place, to: id)
    if isLast {
      forgetParts(of: id)
    } else {
      sessions[id].body = BodyCursor(plan.ranges[plan.begun], of: plan.representation.body)
      plans.advance(number)
    }
    return true
  }

  /// Gives up the plan of a session, if it has one.
  mutating func forgetParts(of id: ConnectionID) {
    guard let number = sessions[id].parts else { return }
    plans.remove(number)
    sessions[id].parts = nil
  }
}
