import Cache
import HTTP
import Server
import Stack

/// What there is to tell.
extension Metric {
  /// All numbers, in the order in which they are written.
  static let all: [Metric] = http + cache + tcp + connections + drops + log

  private static let http = [
    Metric("http_responses_total", .counter, "Answers that were begun, by status.", by: "status") { report in
      Status.allCases.map { status in ("\(status.rawValue)", report.sum { $0.engine.statuses[status] }) }
    },
    Metric("http_requests_total", .counter, "Requests whose answer was begun.") { $0.engine.answers.requests },
    Metric("http_body_bytes_total", .counter, "Bytes of bodies given to TCP.") { $0.engine.answers.bodyBytes },
    Metric(
      "http_given_up_total", .counter, "Clients that were given up, by reason.", by: "reason",
      [
        "slow_head": { $0.engine.answers.headerTimeouts }, "idle": { $0.engine.answers.idleTimeouts },
        "head_evicted": { $0.engine.answers.headsEvicted }, "slow_reader": { $0.engine.answers.slowReaders },
        "idle_evicted": { $0.engine.answers.idleEvicted },
        "overload": { $0.engine.answers.overloads }, "bad_block": { $0.engine.answers.truncatedBodies },
      ]),
    Metric(
      "checksums_total", .counter, "Segments with text, by where their sum came from: stored, or read and computed.",
      by: "source",
      ["stored": { $0.engine.answers.sumsStored }, "computed": { $0.engine.answers.sumsComputed }]),
    Metric("http_heads", .gauge, "Response heads that wait for their acknowledgment.") { UInt64($0.engine.heads) },
  ]

  private static let cache = [
    Metric(
      "cache_requests_total", .counter, "Blocks that were asked for, by where they were found.", by: "result",
      [
        "hit": { $0.engine.cache.hits }, "miss": { $0.engine.cache.misses },
        "joined": { $0.engine.cache.joined },
      ]),
    Metric("cache_prefetched_total", .counter, "Blocks read before anybody asked.") { $0.engine.cache.prefetched },
    Metric("cache_evictions_total", .counter, "Blocks that made room for others.") { $0.engine.cache.evictions },
    Metric("cache_failures_total", .counter, "Reads that failed or whose block was bad.") { $0.engine.cache.failures },
    Metric("cache_exhausted_total", .counter, "Misses that had to wait for a frame.") { $0.engine.cache.exhausted },
    Metric("cache_resident_blocks", .gauge, "Blocks in memory.") { UInt64($0.engine.cache.resident) },
    Metric("cache_pinned_blocks", .gauge, "Blocks that are on their way to clients.") {
      UInt64($0.engine.cache.pinned)
    },
    Metric("cache_blocks", .gauge, "Blocks there is room for, of 64 KiB each.") { UInt64($0.engine.cacheFrames) },
    Metric(
      "cache_memory_bytes", .gauge, "Memory of the cache, by what is in it.", by: "of",
      [
        "blocks": { UInt64($0.engine.cacheMemory.arena) }, "tables": { UInt64($0.engine.cacheMemory.tables) },
      ]),
    Metric(
      "resident_memory_bytes", .gauge, "Memory of the process that is there: its own, or of files it uses.", by: "kind"
    ) { [("anonymous", $0.anonymousMemory), ("file", $0.fileMemory)] },
    Metric("disk_reads_total", .counter, "Reads of the disk.") { $0.reads },
    Metric("disk_blocks_total", .counter, "Blocks that were read.") { $0.blocks },
  ]

  private static let tcp = [
    Metric("tcp_in_segs_total", .counter, "Segments received (Linux Tcp InSegs, gVisor ValidSegmentsReceived).") {
      $0.engine.stack.segmentsIn
    },
    Metric("tcp_out_segs_total", .counter, "Segments sent (Linux Tcp OutSegs, gVisor SegmentsSent).") {
      $0.engine.stack.segmentsOut
    },
    Metric("tcp_retrans_segs_total", .counter, "Segments sent again (Linux Tcp RetransSegs, gVisor Retransmits).") {
      $0.engine.stack.retransmissions
    },
    Metric("tcp_out_rsts_total", .counter, "Resets sent (Linux Tcp OutRsts, gVisor ResetsSent).") {
      $0.engine.stack.resetsOut
    },
    Metric("tcp_pure_acks_total", .counter, "Acknowledgments sent that carried nothing else.") {
      $0.engine.stack.pureAcknowledgments
    },
    Metric(
      "tcp_passive_opens_total", .counter,
      "Connections opened by peers (Linux Tcp PassiveOpens, gVisor PassiveConnectionOpenings)."
    ) { $0.engine.stack.connectionsOpened },
    Metric("tcp_ended_total", .counter, "Connections that ended in any way.") { $0.engine.stack.connectionsEnded },
    Metric("tcp_estab_resets_total", .counter, "Connections that a peer reset (Linux Tcp EstabResets).") {
      $0.engine.stack.connectionsReset
    },
    Metric(
      "tcp_abort_on_timeout_total", .counter, "Connections whose peer fell silent (Linux TcpExt TCPAbortOnTimeout)."
    ) {
      $0.engine.stack.connectionsTimedOut
    },
    Metric(
      "tcp_abort_on_memory_total", .counter,
      "Connections reset because too many were closed and not yet gone (Linux TcpExt TCPAbortOnMemory)."
    ) {
      $0.engine.stack.orphansReset
    },
    Metric("tcp_syncookies_sent_total", .counter, "SYNs answered by a cookie (Linux TcpExt SyncookiesSent).") {
      $0.engine.stack.cookiesSent
    },
    Metric("tcp_syncookies_recv_total", .counter, "Connections opened by a cookie (Linux TcpExt SyncookiesRecv).") {
      $0.engine.stack.cookiesAccepted
    },
    Metric(
      "tcp_listen_drops_total", .counter, "SYNs dropped, by what was exhausted (Linux TcpExt ListenDrops).",
      by: "reason",
      ["connections": { $0.engine.stack.synsDropped }, "share_of_address": { $0.engine.stack.synsOverShare }]),
    Metric("tcp_answers_withheld_total", .counter, "Resets and challenges beyond the limit of their rate.") {
      $0.engine.stack.answersWithheld
    },
    Metric("tcp_rcvq_drop_total", .counter, "Text dropped for want of a buffer (Linux TcpExt TCPRcvQDrop).") {
      $0.engine.stack.textDropped
    },
    Metric("tcp_paths_narrowed_total", .counter, "Connections whose path takes smaller segments.") {
      $0.engine.stack.pathsNarrowed
    },
    Metric("icmp_in_echos_total", .counter, "Echo requests answered (Linux Icmp InEchos).") {
      $0.engine.stack.echoesAnswered
    },
    Metric("icmp_ignored_total", .counter, "Control messages that told nothing that is heeded.") {
      $0.engine.stack.messagesIgnored
    },
  ]

  private static let connections = [
    Metric("tcp_curr_estab", .gauge, "Connections there are (Linux Tcp CurrEstab, gVisor CurrentEstablished).") {
      UInt64($0.engine.connections)
    },
    Metric("tcp_syn_recv", .gauge, "Handshakes there are.") { UInt64($0.engine.handshakes) },
    Metric("tcp_time_wait", .gauge, "Closed connections that are remembered (Linux sockstat tw).") {
      UInt64($0.engine.timeWaits)
    },
    Metric("tcp_orphans", .gauge, "Connections that are there only for their peers (Linux sockstat orphan).") {
      UInt64($0.engine.orphans)
    },
    Metric("connections_limit", .gauge, "Connections there may be.") { UInt64($0.engine.mostConnections) },
    Metric("tables_limit_bytes", .gauge, "Memory that all tables of connections may take at most.") {
      UInt64($0.engine.tableBytes)
    },
    Metric("workers", .gauge, "Workers of the server.") { _ in 1 },
    Metric("draining", .gauge, "Whether the server was told to stop.", by: "") { [("", $0.isDraining ? 1 : 0)] },
  ]

  private static let drops = [
    Metric(
      "frames_dropped_total", .counter, "Frames dropped, by reason (Linux Tcp InErrs, InCsumErrors and Ip InDiscards).",
      by: "reason",
      [
        "truncated": { $0.engine.stack.drops.truncated }, "unsupported": { $0.engine.stack.drops.unsupported },
        "bad_length": { $0.engine.stack.drops.badLength }, "bad_option": { $0.engine.stack.drops.badOption },
        "bad_checksum": { $0.engine.stack.drops.badChecksum }, "bad_flags": { $0.engine.stack.drops.badFlags },
        "not_for_us": { $0.engine.stack.drops.notForUs }, "fragment": { $0.engine.stack.drops.fragment },
        "own_queue_full": { $0.engine.stack.controlFramesDropped },
      ])
  ]

  private static let log = [
    Metric("log_lines_total", .counter, "Lines of the access log.") { $0.engine.logLines },
    Metric("log_lines_lost_total", .counter, "Lines of the access log for which there was no room.") {
      $0.engine.lostLogLines
    },
  ]
}
