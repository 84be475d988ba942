import Claims
import Testing
import Wire

struct ClaimTests {
  @Test(arguments: ["tcp 10.9.0.2 80", "udp 10.9.0.3 5000-5999", "tcp 255.0.0.1 1-65535"])
  func `A claim is read as it is written`(_ text: String) throws {
    #expect("\(try Claim.reading(text))" == text)
  }

  @Test(arguments: [
    "", "tcp", "tcp 10.9.0.2", "sctp 10.9.0.2 80", "tcp 10.9.0 80", "tcp 10.9.0.2 0", "tcp 10.9.0.2 0-80",
    "tcp 10.9.0.2 81-80", "tcp 10.9.0.2 65536", "tcp 10.9.0.2 -80", "tcp 10.9.0.2 80-", "tcp 10.9.0.2 1-2-3",
    "tcp 10.9.0.2 80 81", "TCP 10.9.0.2 80",
  ])
  func `What is no claim is not read as one`(_ text: String) {
    #expect(Claim(text) == nil)
  }

  @Test(arguments: [
    ("tcp 10.9.0.2 80", "tcp 10.9.0.2 80", true), ("tcp 10.9.0.2 80-90", "tcp 10.9.0.2 90-100", true),
    ("tcp 10.9.0.2 80-100", "tcp 10.9.0.2 85", true), ("tcp 10.9.0.2 80-89", "tcp 10.9.0.2 90", false),
    ("tcp 10.9.0.2 80", "udp 10.9.0.2 80", false), ("tcp 10.9.0.2 80", "tcp 10.9.0.3 80", false),
  ])
  func `Claims overlap when a packet would belong to both`(_ first: String, _ second: String, _ isTrue: Bool) throws {
    let (first, second) = (try Claim.reading(first), try Claim.reading(second))
    #expect(first.overlaps(second) == isTrue)
    #expect(second.overlaps(first) == isTrue)
  }

  @Test func `The filter lets in the claimed ports and the news about what was sent from them`() throws {
    let expression = try Claim.reading("tcp 10.9.0.2 80-81").filterExpression
    #expect(
      expression == """
        ip dst host 10.9.0.2 and ((tcp and dst portrange 80-81) or (icmp[icmptype] = icmp-unreach and \
        icmp[8] = 0x45 and icmp[17] = 6 and icmp[28:2] >= 80 and icmp[28:2] <= 81))
        """)
  }
}
