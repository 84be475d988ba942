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
    guard host.makeFrame(at: now) else { return false }
    guard host.outgoing.kind == .segment, host.outgoing.textCount > 0 else { return true }
    if host.outgoing.needsTextSum {
      host.finish(outgoingTextSum())
    } else {
      counters.sumsStored += 1
    }
    return true
  }

  /// The frame that `makeFrame` has made. It can be offered to a device again until the next is made.
  @inline(__always)
  @_lifetime(borrow self)
  package borrowing func frame() -> OutgoingFrame {
    let count = host.outgoing.pieceCount
    return OutgoingFrame(
      header: host.headerBytes,
      text: count > 0 ? bytes(of: host.outgoing[0], heads, copies, cache) : RawSpan(),
      count > 1 ? bytes(of: host.outgoing[1], heads, copies, cache) : RawSpan(),
      count > 2 ? bytes(of: host.outgoing[2], heads, copies, cache) : RawSpan(),
      count > 3 ? bytes(of: host.outgoing[3], heads, copies, cache) : RawSpan(),
      offload: outgoingOffload)
  }

  /// The sum of a frame's text: from the stored sums, without a look at the bytes, unless the product is told to compute.
  @inline(__always)
  private mutating func outgoingTextSum() -> InternetChecksum {
    var sum = InternetChecksum.zero
    var position = 0
    var areSumsStored = configuration.usesStoredSums
    for index in 0..<host.outgoing.pieceCount {
      let piece = host.outgoing[index]
      let part: InternetChecksum
      switch piece.source.place {
      case .head(let place): part = heads.sum(of: place, at: piece.offset, count: piece.count)
      case .copy(let place):
        part = InternetChecksum(summing: copies.bytes(of: place, at: piece.offset, count: piece.count))
        areSumsStored = false
      case .block(let block) where configuration.usesStoredSums:
        part = cache.sum(of: piece.offset..<(piece.offset + piece.count), in: block)
      case .block: part = InternetChecksum(summing: bytes(of: piece, heads, copies, cache))
      }
      sum += part.placed(at: position)
      position += piece.count
    }
    if areSumsStored { counters.sumsStored += 1 } else { counters.sumsComputed += 1 }
    return sum
  }

  /// What the device still has to do for the frame. Field by field: whoever takes all of the configuration copies it.
  private var outgoingOffload: TransmitOffload {
    @inline(__always)
    get {
      guard host.configuration.deviceFinishesChecksums, host.outgoing.kind == .segment else { return .none }
      let (start, size) = (UInt16(host.outgoing.segmentStart), host.outgoing.segmentSize)
      let offset = UInt16(TCPHeader.checksumOffset)
      guard host.outgoing.textCount > size else { return .checksum(start: start, offset: offset) }
      return .segmentation(size: UInt16(size), start: start, offset: offset)
    }
  }
}

/// The bytes of a piece of text.
@inline(__always)
@_lifetime(borrow heads, borrow copies, borrow cache)
private func bytes(
  of piece: TextPiece, _ heads: borrowing HeadPool, _ copies: borrowing CopyPool, _ cache: borrowing BlockCache
) -> RawSpan {
  switch piece.source.place {
  case .head(let place): return heads.bytes(of: place, at: piece.offset, count: piece.count)
  case .copy(let place): return copies.bytes(of: place, at: piece.offset, count: piece.count)
  case .block(let block):
    return cache.payload(of: block).extracting(piece.offset..<(piece.offset + piece.count))
  }
}
