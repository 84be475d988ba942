import TCP
import TestKit
import Testing
import Wire

/// Answers to segments of no connection (RFC 9293 §3.10.7.1).
struct ResetTests {
  @Test func `A segment with ACK is reset with the number it names`() {
    let reset = Reset.answering(Segment(sequence: 7, count: 5, acknowledgment: 3))
    #expect(reset == OutgoingSegment(sequence: SequenceNumber(1_003), acknowledgment: nil, control: .rst))
  }

  @Test(
    arguments: [
      (TCPControl.none, 5, 5_012), (.syn, 0, 5_008), (.fin, 0, 5_008), (.syn, 10, 5_018), (.none, 0, 5_007),
    ] as [(TCPControl, Int, UInt32)])
  func `One without is reset with number 0 and acknowledged whole`(control: TCPControl, count: Int, end: UInt32) {
    let reset = Reset.answering(Segment(control, sequence: 7, count: count, acknowledgment: nil))
    #expect(reset == OutgoingSegment(sequence: SequenceNumber(0), acknowledgment: SequenceNumber(end), control: .rst))
  }

  @Test(arguments: [nil, 3] as [Int?])
  func `A reset is never reset`(acknowledgment: Int?) {
    #expect(Reset.answering(Segment(.rst, sequence: 7, acknowledgment: acknowledgment)) == nil)
  }
}
