import Server
import TCP
import Time
import Wire

/// A connection, as `ss -ti` shows one.
struct ConnectionLine: Encodable {
  /// The state, in the words of RFC 9293.
  let state: String
  /// The peer's address and port.
  let peer: String
  /// Whether an answer is on its way.
  let busy: Bool
  /// Requests that were answered.
  let requests: UInt32
  /// How the congestion window grows.
  let congestion: String
  /// CWND, in bytes.
  let cwnd: UInt32
  /// SSTHRESH, in bytes; nil before the first loss.
  let ssthresh: UInt32?
  /// The smoothed round trip in microseconds; nil before the first measurement.
  let rttMicroseconds: UInt64?
  /// Its variation, in microseconds.
  let rttvarMicroseconds: UInt64
  /// The retransmission time-out, in microseconds.
  let rtoMicroseconds: UInt64
  /// The most text in a segment, in bytes.
  let mss: UInt16
  /// Bytes in flight.
  let unacked: UInt32
  /// Bytes that were given to TCP and are not acknowledged.
  let sendQueue: UInt64
  /// The peer's window, in bytes.
  let sendWindow: UInt32
  /// Frames that were sent again.
  let retransmissions: UInt32
  /// Whether both ends speak of selective acknowledgments.
  let sack: Bool

  /// What there is to say of a connection.
  init(_ report: ConnectionReport) {
    let block = report.block
    state = ConnectionLine.name(of: block.state)
    peer = "\(report.address.hostText):\(report.port)"
    (busy, requests) = (report.isBusy, report.requests)
    congestion = block.congestion.algorithm == .cubic ? "cubic" : "newreno"
    cwnd = block.congestion.window
    ssthresh = block.congestion.threshold == .max ? nil : block.congestion.threshold
    rttMicroseconds = block.timeout.smoothed?.microseconds
    rttvarMicroseconds = block.timeout.variation.microseconds
    rtoMicroseconds = block.timeout.interval.microseconds
    (mss, unacked, sendQueue) = (block.snd.mss, block.snd.flight, block.queue.byteCount)
    (sendWindow, retransmissions, sack) = (block.snd.wnd, block.retransmissions, block.isSelective)
  }

  /// The line, in the words of ss(8).
  var text: String {
    var words = [
      state.padded(to: 10), "\(sendQueue)".padded(to: 9), peer.padded(to: 21), congestion,
      "rto:\(milliseconds(rtoMicroseconds))",
    ]
    if let rttMicroseconds { words.append("rtt:\(milliseconds(rttMicroseconds))/\(milliseconds(rttvarMicroseconds))") }
    words += ["mss:\(mss)", "cwnd:\(cwnd / UInt32(max(mss, 1)))"]
    if let ssthresh { words.append("ssthresh:\(ssthresh / UInt32(max(mss, 1)))") }
    words += ["unacked:\(unacked)", "snd_wnd:\(sendWindow)", "retrans:\(retransmissions)", "requests:\(requests)"]
    if sack { words.append("sack") }
    if busy { words.append("busy") }
    return words.joined(separator: " ")
  }

  /// The words above the lines.
  static let heading =
    "State".padded(to: 10) + " " + "Send-Q".padded(to: 9) + " " + "Peer".padded(to: 21)
    + " (times in ms, windows in segments)"

  private func milliseconds(_ microseconds: UInt64) -> String { "\(Double(microseconds) / 1_000)" }

  private static func name(of state: ConnectionState) -> String {
    switch state {
    case .established: "ESTAB"
    case .finWait1: "FIN-WAIT-1"
    case .finWait2: "FIN-WAIT-2"
    case .closing: "CLOSING"
    case .closeWait: "CLOSE-WAIT"
    case .lastAck: "LAST-ACK"
    case .timeWait: "TIME-WAIT"
    case .closed: "CLOSED"
    }
  }
}

extension String {
  /// With spaces behind it, up to so many characters.
  fileprivate func padded(to count: Int) -> String {
    self + String(repeating: " ", count: max(count - self.count, 0))
  }
}
