import LinuxLink
import Testing

/// Whom a server goes on as.
struct UserAccountTests {
  @Test func `A user is found by name or number, with the group of its own or another`() throws {
    #expect(try UserAccount("root").user == 0)
    let nobody = try UserAccount("nobody")
    #expect(try UserAccount("\(nobody.user)") == nobody)
    #expect(try UserAccount("nobody:root").group == 0)
    #expect(try UserAccount("nobody:4444").group == 4_444)
    #expect(nobody.words == "nobody")
  }

  @Test func `A number that no user has is taken with a group`() throws {
    let account = try UserAccount("3999999999:7")
    #expect(account.user == 3_999_999_999 && account.group == 7 && account.name == nil)
    #expect(account.words == "3999999999")
    #expect(throws: AccountError.numberWithoutGroup(3_999_999_999)) { try UserAccount("3999999999") }
  }

  @Test(arguments: ["", ":root", "none such", "-1", "99999999999:1"])
  func `Who is no user is refused`(text: String) {
    #expect(throws: AccountError.self) { try UserAccount(text) }
  }

  @Test(arguments: ["root:", "root:none such", "root:-1"])
  func `What is no group is refused`(text: String) {
    #expect(throws: AccountError.self) { try UserAccount(text) }
  }
}
