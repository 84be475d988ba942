import TCP
import TestKit
import Testing

/// CUBIC on a connection (RFC 9438).
struct CubicScriptTests {
  /// A flight of which the second segment was lost, repaired within two round trips of 100 ms; the window is 10,220 then.
  static func afterLoss(_ lines: String, algorithm: CongestionAlgorithm = .cubic) -> PacketScript {
    SelectiveRepairTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1461 win 65535 <nop,nop,sack 2921:14601>
      +0 > . 1461:2921(1460) ack 1
      +.1 < . 1:1(0) ack 14601 win 65535
      +0 phase none

      """ + lines, write: 14_600, algorithm: algorithm)
  }

  @Test func `A loss leaves seven tenths`() throws {
    try CubicScriptTests.afterLoss("+0 cwnd 10220\n+0 ssthresh 10220").run()
  }

  @Test func `NewReno keeps half`() throws {
    try CubicScriptTests.afterLoss("+0 cwnd 7300\n+0 ssthresh 7300", algorithm: .newReno).run()
  }

  @Test func `Growth comes back in steps that become smaller near the last loss`() throws {
    try CubicScriptTests.afterLoss(
      """
      +0 write 10220
      """ + "\n" + PacketScript.flight(10..<17, last: 24_821)
        + """
        +.1 < . 1:1(0) ack 24821 win 65535
        +0 cwnd 10861
        """
    ).run()
  }

  @Test func `A time-out leaves one segment, and slow start up to seven tenths`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.203 > . 14601:16061(1460) ack 1
      +.3 > . 1:1461(1460) ack 1
      +0 cwnd 1460
      +0 ssthresh 10220
      """, algorithm: .cubic
    ).run()
  }

  @Test func `A second loss in one flight does not count twice`() throws {
    try SelectiveRepairTests.inFlight(
      """
      +.1 < . 1:1(0) ack 1461 win 65535 <nop,nop,sack 2921:7301>
      +0 > . 1461:2921(1460) ack 1
      +0 ssthresh 10220
      +0 < . 1:1(0) ack 1461 win 65535 <nop,nop,sack 8761:14601 2921:7301>
      +0 > . 7301:8761(1460) ack 1
      +0 ssthresh 10220
      """, write: 14_600, algorithm: .cubic
    ).run()
  }

  @Test func `A loss behind it does`() throws {
    try CubicScriptTests.afterLoss(
      """
      +0 write 10220
      """ + "\n" + PacketScript.flight(10..<17, last: 24_821)
        + """
        +.1 < . 1:1(0) ack 14601 win 65535 <nop,nop,sack 16061:24821>
        +0 > . 14601:16061(1460) ack 1
        +0 ssthresh 7154
        """
    ).run()
  }
}
