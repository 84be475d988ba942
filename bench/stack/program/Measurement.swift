/// What one worker has done.
struct Measurement: Sendable {
  /// Answers that have come to their end.
  var answers: UInt64 = 0
  /// Frames in both directions.
  var packets: UInt64 = 0
  /// Nanoseconds that the server's turns took.
  var nanoseconds: UInt64 = 0
  /// Allocations during the server's turns.
  var allocations: UInt64 = 0

  /// Answers in a second of the server's time.
  var answersPerSecond: Double { Double(answers) * 1e9 / Double(max(nanoseconds, 1)) }
  /// Frames for each answer, to two places.
  var packetsPerAnswer: Double { (Double(packets) / Double(max(answers, 1)) * 100).rounded() / 100 }
  /// The server's time for each frame.
  var nanosecondsPerPacket: Double { Double(nanoseconds) / Double(max(packets, 1)) }
}
