import HTTP
import TestKit
import Testing

/// The names of hosts that sites are served under.
struct HostNameTests {
  private func matches(_ name: HostName, _ host: String) -> Bool { name.matches(Array(host.utf8).rawSpan) }

  @Test(arguments: [
    "example.org", "EXAMPLE.ORG", "example.org.", "example.org:8080", "Example.Org.:80", "example.org:",
  ])
  func `A host is found whatever its case, port and last dot`(host: String) throws {
    let name = try #require(HostName("Example.org."))
    #expect(matches(name, host))
    #expect(name.description == "example.org")
  }

  @Test(arguments: [
    "", ".", ":80", "example.or", "xample.org", "www.example.org", "example.org.uk", "example.org..", "80",
  ])
  func `Another host is not found`(host: String) throws {
    let name = try #require(HostName("example.org"))
    #expect(!matches(name, host))
  }

  @Test func `A wildcard stands for all hosts below a name`() throws {
    let name = try #require(HostName("*.example.org"))
    for host in ["www.example.org", "a.b.example.org:80", "WWW.EXAMPLE.ORG."] {
      #expect(matches(name, host))
    }
    for host in ["example.org", ".example.org", "wwwexample.org", "example.org.www", ""] {
      #expect(!matches(name, host))
    }
    #expect(name.description == "*.example.org")
  }

  @Test func `Addresses are names, too`() throws {
    let version4 = try #require(HostName("192.0.2.1"))
    let version6 = try #require(HostName("[2001:db8::1]"))
    for host in ["192.0.2.1", "192.0.2.1:8080"] { #expect(matches(version4, host)) }
    for host in ["[2001:DB8::1]", "[2001:db8::1]:80"] { #expect(matches(version6, host)) }
    #expect(!matches(version6, "[2001:db8::2]"))
  }

  @Test(arguments: [
    "", ".", "*", "*.", "a b", "a/b", "example.org:80", "user@host", "a*.b", "[::1", "ä.de", "..", "a..b", ".a", "*..a",
  ])
  func `What can be no name is refused`(text: String) {
    #expect(HostName(text) == nil)
  }
}
