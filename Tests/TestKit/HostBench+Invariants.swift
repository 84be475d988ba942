import Stack
import TCP
import Time
import Wire

/// What holds for every connection whenever the host has nothing more to send.
extension HostBench {
  func checkInvariants(of block: Connection, _ port: UInt16, _ flow: BenchFlow) throws(TestFailure) {
    // Of an ended connection nothing holds but that it is silent.
    guard !block.hasEnded else { return }
    try checkSending(block, flow)
    try checkFlight(block)
    try checkReceiving(block)
    try require(block.obligation != .due, "an acknowledgment that is due was not sent")
    let deadline = block.nextDeadline
    try require(
      deadline == .never || host.nextDeadline <= deadline + .milliseconds(1),
      "the host sleeps past a deadline: \(host.nextDeadline) instead of \(deadline)")
  }

  private func checkSending(_ block: Connection, _ flow: BenchFlow) throws(TestFailure) {
    let snd = block.snd
    try require(snd.una <= snd.nxt && snd.nxt <= snd.max, "SND.UNA, SND.NXT and SND.MAX are out of order")
    let queued = flow.written - flow.acknowledged
    try require(block.queue.byteCount == UInt64(queued), "\(block.queue.byteCount) bytes queued instead of \(queued)")
    try require(block.isFinished == flow.isFinished, "CLOSE was forgotten, or never called")
    try require(block.congestion.window >= UInt32(snd.mss), "the congestion window is below a segment")
    let sent = snd.nxt.distance(from: snd.una)
    try require(
      sent <= queued + (block.isFinished ? 1 : 0), "\(sent) numbers in flight, where only \(queued) bytes are queued")
    if snd.flight > 0 { try require(!block.timer.isIdle, "numbers are in flight and no timer runs") }
    let unsent = queued - sent
    if unsent > 0, !block.expectsMoreText || block.queue.room == 0 || snd.wnd == 0 {
      try require(!block.timer.isIdle, "\(unsent) bytes are held back and no timer runs")
    }
    if block.isFinished, !block.isFinAcknowledged {
      try require(!block.timer.isIdle, "the FIN is on its way and no timer runs")
    }
    if snd.flight == 0, unsent <= 0 { try require(block.timer.isIdle, "a timer runs for nothing: \(block.timer)") }
  }

  /// The ranges in flight cover what was sent, without gaps, and their marks add up.
  private func checkFlight(_ block: Connection) throws(TestFailure) {
    var ranges = [SentRange]()
    host.forEachRange(of: block) { ranges.append($0) }
    var next = block.snd.una
    var (selected, lost): (UInt32, UInt32) = (0, 0)
    for range in ranges {
      try require(range.first == next && range.first < range.end, "the ranges in flight have gaps: \(ranges)")
      try require(range.sentAt <= now, "a range will have been sent")
      if range.isSelected { selected += range.count }
      if range.isLost { lost += range.count }
      try require(!(range.isSelected && range.isLost), "a range is both held and lost")
      next = range.end
    }
    try require(next == block.snd.nxt, "the ranges in flight end at \(next), not at SND.NXT: \(ranges)")
    try require(selected == block.flight.selected, "\(selected) numbers are held, not \(block.flight.selected)")
    try require(lost == block.flight.lost, "\(lost) numbers are lost, not \(block.flight.lost)")
    // What was too large for a path that became narrow is sent again without a recovery: that is no congestion.
    let isExplained = block.recovery.phase != .none || host.counters.pathsNarrowed > 0
    try require(isExplained || lost == 0, "lost, but not repaired")
  }

  private func checkReceiving(_ block: Connection) throws(TestFailure) {
    let rcv = block.rcv
    try require(rcv.read <= rcv.nxt && rcv.nxt <= rcv.edge, "RCV.NXT lies outside the window")
    let capacity = Int(rcv.capacity)
    try require(rcv.edge.distance(from: rcv.read) <= capacity + 1, "more is offered than there is memory")
    var last = rcv.nxt
    for index in 0..<rcv.ahead.blocks.count {
      let stretch = rcv.ahead.blocks[index]
      try require(last < stretch.left && stretch.left < stretch.right, "stretches ahead are out of order")
      last = stretch.right
    }
    try require(last <= rcv.edge, "text ahead lies outside the window")
    try require(block.unread >= 0, "less than nothing can be read")
  }
}
