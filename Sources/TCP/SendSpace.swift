package import Wire

/// The send sequence variables (RFC 9293 §3.3.1).
package struct SendSpace: Sendable {
  /// SND.UNA: the oldest number not acknowledged.
  package var una: SequenceNumber
  /// SND.NXT: the next number to send. It stands still when a closed window is probed.
  package var nxt: SequenceNumber
  /// The number behind the highest ever sent; beyond `nxt` only by the byte that probes a closed window.
  package var max: SequenceNumber
  /// SND.WND: how much the peer is ready to receive from `una` on, in bytes.
  package var wnd: UInt32
  /// SND.WL1: the sequence number of the segment that last changed `wnd`.
  package var wl1: SequenceNumber
  /// SND.WL2: the acknowledgment number of that segment.
  package var wl2: SequenceNumber
  /// ISS: the initial send sequence number.
  package let iss: SequenceNumber
  /// The largest window the peer has ever offered (RFC 9293 §3.8.6.2.1; RFC 5961 §5.2).
  package var largestWindow: UInt32
  /// By how many bits the windows in the peer's headers are shifted (RFC 7323 §2.3).
  package let scale: UInt8
  /// The most text a segment to this peer may carry, in bytes (RFC 9293 §3.7.1).
  package var mss: UInt16

  /// The variables when our SYN is acknowledged and nothing else was sent.
  init(_ agreement: HandshakeAgreement, window: UInt32) {
    una = agreement.iss + 1
    nxt = una
    max = una
    wnd = window
    wl1 = agreement.irs
    wl2 = una
    iss = agreement.iss
    largestWindow = window
    scale = agreement.sendScale
    mss = agreement.mss
  }

  /// Numbers in flight: sent and not acknowledged.
  @inlinable
  package var flight: UInt32 { max.value &- una.value }
}

/// The receive sequence variables (RFC 9293 §3.3.1).
package struct ReceiveSpace: Sendable {
  /// RCV.NXT: the next number expected.
  package var nxt: SequenceNumber
  /// The first number whose text the application has not consumed. Text between this and `nxt` waits to be read.
  package var read: SequenceNumber
  /// The number behind the last that the peer was told it may send: RCV.NXT + RCV.WND. Never moves back.
  package var edge: SequenceNumber
  /// IRS: the peer's initial sequence number.
  package let irs: SequenceNumber
  /// The number of the peer's FIN, once one was seen.
  package var fin: SequenceNumber?
  /// Text that arrived ahead of `nxt`.
  package var ahead: OutOfOrder
  /// Text that has come again, until the peer is told (RFC 2883).
  var twice: SelectiveBlock?

  /// The most text that may wait to be read or put in order, in bytes.
  package let capacity: UInt32
  /// By how many bits the windows in our headers are shifted (RFC 7323 §2.3).
  package let scale: UInt8

  /// The capacity of a server's connection: what one request may need, and no more.
  package static let usualCapacity: UInt32 = 16_384

  /// The variables when the peer's SYN has arrived and nothing else.
  init(_ agreement: HandshakeAgreement) {
    irs = agreement.irs
    nxt = irs + 1
    read = nxt
    capacity = agreement.receiveCapacity
    edge = nxt + capacity
    fin = nil
    ahead = OutOfOrder()
    scale = agreement.receiveScale
  }

  /// RCV.WND: how many numbers from `nxt` on the peer may use.
  @inlinable
  package var wnd: UInt32 { edge.value &- nxt.value }

  /// A window of so many bytes as it stands in the header.
  @inlinable
  package func windowField(of count: UInt32) -> UInt16 { UInt16(clamping: count >> UInt32(scale)) }

  /// The number up to which there is memory for text.
  package var freeEdge: SequenceNumber { read + capacity }
}
