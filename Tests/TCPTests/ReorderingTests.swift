import TestKit
import Testing

/// RACK: losses by time, and segments that overtake each other (RFC 8985 §6).
struct ReorderingTests {
  @Test func `A hole below one segment is a loss a quarter of a round trip later`() throws {
    try PacketScript.selective(
      """
      +0 write 2920
      +0 > . 1:1461(1460) ack 1
      +0 > P. 1461:2921(1460) ack 1
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:2921>
      +.025 > . 1:1461(1460) ack 1
      +0 phase repairing
      +.1 < . 1:1(0) ack 2921 win 65535
      +0 phase none
      """
    ).run()
  }

  @Test func `What comes within that time was not lost`() throws {
    try PacketScript.selective(
      """
      +0 write 2920
      +0 > . 1:1461(1460) ack 1
      +0 > P. 1461:2921(1460) ack 1
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:2921>
      +.02 < . 1:1(0) ack 2921 win 65535
      +1 expect nothing
      +0 retransmissions 0
      +0 cwnd 14600
      """
    ).run()
  }

  @Test func `Once reordering was seen three segments are no proof any more`() throws {
    try PacketScript.selective(
      """
      +0 write 2920
      +0 > . 1:1461(1460) ack 1
      +0 > P. 1461:2921(1460) ack 1
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:2921>
      +.02 < . 1:1(0) ack 2921 win 65535
      +0 write 7300
      +0 > . 2921:4381(1460) ack 1
      +0 > . 4381:5841(1460) ack 1
      +0 > . 5841:7301(1460) ack 1
      +0 > . 7301:8761(1460) ack 1
      +0 > P. 8761:10221(1460) ack 1
      +.1 < . 1:1(0) ack 2921 win 65535 <nop,nop,sack 4381:10221>
      +.024 expect nothing
      +.001 > . 2921:4381(1460) ack 1
      """
    ).run()
  }

  @Test func `What left long before something that has arrived is lost at once`() throws {
    try PacketScript.selective(
      """
      +0 write 1460
      +0 > P. 1:1461(1460) ack 1
      +.06 write 1460
      +0 > P. 1461:2921(1460) ack 1
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:2921>
      +0 > . 1:1461(1460) ack 1
      +0 phase repairing
      """
    ).run()
  }

  @Test func `What left after it is not`() throws {
    try PacketScript.selective(
      """
      +0 write 2920
      +0 > . 1:1461(1460) ack 1
      +0 > P. 1461:2921(1460) ack 1
      +.09 write 1460
      +0 > P. 2921:4381(1460) ack 1
      +.01 < . 1:1(0) ack 1461 win 65535
      +0 held 0
      +.09 < . 1:1(0) ack 1461 win 65535 <nop,nop,sack 2921:4381>
      +0 > . 1461:2921(1460) ack 1
      """
    ).run()
  }

  @Test func `Small segments are found lost by time, not by their number`() throws {
    try PacketScript.selective(
      """
      +0 write 100
      +0 > P. 1:101(100) ack 1
      +0 write 100
      +0 > P. 101:201(100) ack 1
      +0 write 100
      +0 > P. 201:301(100) ack 1
      +0 write 100
      +0 > P. 301:401(100) ack 1
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 101:401>
      +.025 > . 1:101(100) ack 1
      """
    ).run()
  }

  @Test func `Lost segments that are small leave together`() throws {
    try PacketScript.selective(
      """
      +0 write 100
      +0 > P. 1:101(100) ack 1
      +0 write 100
      +0 > P. 101:201(100) ack 1
      +0 write 100
      +0 > P. 201:301(100) ack 1
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 201:301>
      +.025 > . 1:201(200) ack 1
      """
    ).run()
  }

  @Test func `A duplicate of what was sent again for nothing makes the wait longer`() throws {
    try PacketScript.selective(
      """
      +0 write 2920
      +0 > . 1:1461(1460) ack 1
      +0 > P. 1461:2921(1460) ack 1
      +.1 < . 1:1(0) ack 1 win 65535 <nop,nop,sack 1461:2921>
      +.025 > . 1:1461(1460) ack 1
      +.005 < . 1:1(0) ack 2921 win 65535
      +.095 < . 1:1(0) ack 2921 win 65535 <nop,nop,sack 1:1461>
      +0 cwnd 14600
      +0 write 2920
      +0 > . 2921:4381(1460) ack 1
      +0 > P. 4381:5841(1460) ack 1
      +.1 < . 1:1(0) ack 2921 win 65535 <nop,nop,sack 4381:5841>
      +.02 < . 1:1(0) ack 5841 win 65535
      +0 write 2920
      +0 > . 5841:7301(1460) ack 1
      +0 > P. 7301:8761(1460) ack 1
      +.1 < . 1:1(0) ack 5841 win 65535 <nop,nop,sack 7301:8761>
      +.025 > . 5841:7301(1460) ack 1
      +.02 < . 1:1(0) ack 8761 win 65535
      +.08 < . 1:1(0) ack 8761 win 65535 <nop,nop,sack 5841:7301>
      +0 write 2920
      +0 > . 8761:10221(1460) ack 1
      +0 > P. 10221:11681(1460) ack 1
      +.1 < . 1:1(0) ack 8761 win 65535 <nop,nop,sack 10221:11681>
      +.05 > . 8761:10221(1460) ack 1
      """
    ).run()
  }
}
