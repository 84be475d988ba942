import TCP
import TestKit
import Testing
import Time
import Wire

/// TIME-WAIT by itself (RFC 9293 §3.10.7.4, RFC 1337).
struct TimeWaitTests {
  static let wait = TimeWait(
    snd: SequenceNumber(1_002), rcv: SequenceNumber(5_002), expiry: .epoch + TimeWait.duration)

  static var acknowledgment: TimeWait.Outcome {
    .answered(
      OutgoingSegment(sequence: SequenceNumber(1_002), acknowledgment: SequenceNumber(5_002), window: 16_384))
  }

  @Test(
    arguments: [
      (Segment(.rst, sequence: 2), .ignored), (Segment(.rst, sequence: 2, acknowledgment: nil), .ignored),
      (Segment(sequence: 2, acknowledgment: 2), .ignored), (Segment(sequence: 1, acknowledgment: 2), .ignored),
      (Segment(sequence: 500, count: 5, acknowledgment: nil), .ignored),
      (Segment(.fin, sequence: 1, acknowledgment: 2), acknowledgment),
      (Segment(sequence: 2, count: 5, acknowledgment: 2), acknowledgment),
      (Segment(.syn, sequence: 2, acknowledgment: nil), acknowledgment),
      (Segment(.syn, sequence: -5_000, acknowledgment: nil), acknowledgment),
      (Segment(.syn, sequence: 9, acknowledgment: 2), acknowledgment),
      (Segment(.syn, sequence: 3, acknowledgment: nil), .reopened(beyond: SequenceNumber(1_002))),
    ] as [(Segment, TimeWait.Outcome)])
  func `Each segment has its answer`(segment: Segment, outcome: TimeWait.Outcome) {
    var wait = TimeWaitTests.wait
    #expect(wait.segmentArrives(segment, at: .epoch) == outcome)
  }

  @Test func `Only the peer's FIN makes it last longer`() {
    var wait = TimeWaitTests.wait
    let now = Instant.epoch + .seconds(30)
    for segment in [
      Segment(.rst, sequence: 2), Segment(sequence: 2), Segment(sequence: 2, count: 5), Segment(.fin, sequence: 900),
    ] {
      _ = wait.segmentArrives(segment, at: now)
      #expect(wait.expiry == .epoch + .seconds(60))
    }
    _ = wait.segmentArrives(Segment(.fin, acknowledgment: 2), at: now)
    #expect(wait.expiry == now + .seconds(60))
  }
}
