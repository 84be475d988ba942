import Server
import Time

/// What the first worker passes on to the others: signals reach it alone.
enum WorkerOrder: Sendable {
  /// Let connections finish until then, and take no new ones.
  case drain(until: Instant)
  /// End at once.
  case end
  /// Serve another pack of a site.
  case mount(ServedSite, of: SiteNumber)
  /// The sites were all looked for again.
  case opened
  /// Tell those who run the server how you stand.
  case report(ReportRequest)
  /// Say what was done so far.
  case summarize
}
