package import Server

/// How a whole server stands: its workers together.
package struct ServerReport: Sendable {
  /// What the engines say, one for each worker.
  package var workers: [WorkerReport]
  /// Bytes in memory that belong to the process alone.
  package var anonymousMemory: UInt64 = 0
  /// Bytes in memory of the files that it uses: the program and its libraries.
  package var fileMemory: UInt64 = 0
  /// The connections of all; empty where nobody asked for them.
  package var connections: [ConnectionReport] { workers.flatMap(\.connections) }

  /// A report of these workers.
  package init(workers: [WorkerReport]) {
    self.workers = workers
  }

  /// Whether the server was told to stop.
  var isDraining: Bool { workers.contains { $0.engine.isDraining } }

  /// The sum of a number over all workers.
  func sum(_ number: (WorkerReport) -> UInt64) -> UInt64 { workers.reduce(0) { $0 + number($1) } }
}

/// How a worker stands.
package struct WorkerReport: Sendable {
  /// Its engine.
  package let engine: EngineReport
  /// Reads of the disk: one for each run of consecutive blocks.
  package let reads: UInt64
  /// Blocks of them.
  package let blocks: UInt64
  /// Its connections, if they were asked for.
  package let connections: [ConnectionReport]

  /// A report.
  package init(engine: EngineReport, reads: UInt64, blocks: UInt64, connections: [ConnectionReport]) {
    (self.engine, self.reads, self.blocks, self.connections) = (engine, reads, blocks, connections)
  }
}
