import Foundation
import LinuxLink
import Testing

/// `scripts/netns run`: a namespace for one command.
@Suite(.enabled(if: NamespaceScript.isPossible, "the kernel lets this user make no network namespace"))
struct NamespaceScriptTests {
  @Test func `The command's status is the script's`() {
    #expect(NamespaceScript.status("exit 0") == 0)
    #expect(NamespaceScript.status("exit 7") == 7)
    #expect(NamespaceScript.status("kill -TERM $$") == 128 + SIGTERM)
  }

  @Test func `The loopback is up and the TAP has its address`() {
    #expect(NamespaceScript.status("ip address show dev lo | grep -qw UP") == 0)
    #expect(NamespaceScript.status("ip address show dev cheetah0 | grep -q 'inet 10.9.0.1/24'") == 0)
  }

  @Test func `Name, address, MTU and queues of the TAP are chosen`() {
    let line = "ip -details address show dev web0"
    let options = ["--tap", "web0", "--address", "10.8.0.1/16", "--mtu", "9000", "--queues"]
    for expected in ["inet 10.8.0.1/16", "mtu 9000", "multi_queue numqueues"] {
      let status = NamespaceScript.status("\(line) | grep -q '\(expected)'", options: options)
      #expect(status == 0, "\(expected)")
    }
  }

  @Test func `There is no TAP where none was asked for`() {
    #expect(NamespaceScript.status("! ip link show dev cheetah0", options: ["--no-tap"]) == 0)
  }

  @Test func `What the command leaves running is ended`() throws {
    let marker = try TestFile(nil)
    #expect(NamespaceScript.status("tail -f /dev/null & echo $! > \(marker.path)") == 0)
    let process = try String(contentsOfFile: marker.path, encoding: .utf8).filter(\.isNumber)
    // A process that has ended but not been collected by its parent has an empty command line.
    let command = (try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8)) ?? ""
    #expect(!command.hasPrefix("tail"))
  }

  @Test func `An unknown option is a usage error`() {
    #expect(NamespaceScript.status("true", options: ["--bogus"]) == 2)
  }
}
