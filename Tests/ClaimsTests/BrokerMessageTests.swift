import Claims
import Testing
import Wire

struct BrokerMessageTests {
  @Test(arguments: ["list", "claim tcp 10.9.0.2 80", "claim udp 10.9.0.2 53-54 plain"])
  func `A request is read as it is written`(_ text: String) throws {
    #expect(try BrokerRequest(text).text == text)
  }

  @Test(arguments: ["", "claim", "claim plain", "list all", "drop tcp 10.9.0.2 80", "claim tcp 10.9.0.2 80 fast"])
  func `What is no request is refused by its words`(_ text: String) {
    #expect(throws: Refusal.unreadable(text)) { try BrokerRequest(text) }
  }

  @Test func `An answer is read as it is written`() throws {
    let hardware = try #require(MACAddress("02:60:ab:38:23:3b"))
    let lease = BrokerAnswer.Lease(interface: "eth0.7", hardware: hardware, mark: Mark(number: 41))
    for answer in [BrokerAnswer.granted(lease), .refused("tcp 10.9.0.2 80 is held by alice (process 100)")] {
      #expect(BrokerAnswer(answer.text) == answer)
    }
  }

  @Test(arguments: [
    "", "granted", "granted eth0 02:60:ab:38:23:3b", "granted eth0 02:60:ab:38:23:3b 7", "granted a b c",
  ])
  func `What is no answer is not taken for one`(_ text: String) {
    #expect(BrokerAnswer(text) == nil)
  }
}
