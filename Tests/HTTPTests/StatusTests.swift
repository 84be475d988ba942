import HTTP
import Testing

struct StatusTests {
  @Test(arguments: Status.allCases)
  func `The text of a status line begins with the number`(status: Status) {
    let text = "\(status.line)"
    #expect((200...599).contains(status.rawValue))
    #expect(text.hasPrefix("\(status.rawValue) "))
    #expect(text.utf8.count > 4)
    #expect(text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
  }
}
