/// How a line of the access log is written.
package enum LogFormat: Sendable, CaseIterable {
  /// As the NCSA and Apache servers do, and as every tool reads it.
  case combined
  /// The same, with what else is known behind it: host, seconds, completeness, coding, tag, cache and retransmissions.
  case extended
  /// A JSON object (RFC 8259) with all of it.
  case json
}
