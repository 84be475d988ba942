import LinuxLink
import SystemPackage
import Testing

/// What is said of a TAP that can not be had; none of it needs a privilege.
struct TAPErrorTests {
  @Test(arguments: ["", "a name", "tap/0", "tap%d", "tap:0", ".", "..", "sixteen-letters-"])
  func `A name that the kernel would not take is refused`(name: String) {
    #expect(throws: TAPError.badName(name)) { _ = try TAPDevice(name: name) }
  }

  @Test(arguments: [
    (TAPError.noDriver(.noSuchFileOrDirectory), "No such file", "sudo modprobe tun"),
    (.driverNotPermitted, "this user may not", "sudo chmod 0666 /dev/net/tun"),
    (.notPermitted("tap7"), "CAP_NET_ADMIN", "sudo ip tuntap add dev tap7 mode tap user \"$USER\""),
    (.busy("tap7"), "another process holds it", "sudo grep -l tap7 /proc/[0-9]*/fdinfo/*"),
    (.notATAP("eth7"), "is not a TAP", "ip -details link show dev eth7"),
    (.queuesDiffer("tap7", hasSeveral: true), "has several queues", "sudo ip tuntap add dev tap7 mode tap user"),
    (.queuesDiffer("tap7", hasSeveral: false), "has one queue", "mode tap multi_queue user"),
    (.smallMTU("tap7", 500), "its MTU is 500", "sudo ip link set dev tap7 mtu 1500"),
  ])
  func `An error says what failed, why, and what to type`(error: TAPError, why: String, remedy: String) {
    let lines = "\(error)".split(separator: "\n")
    #expect(lines.first?.hasPrefix("cannot ") == true)
    #expect(lines.first?.contains(why) == true)
    #expect(lines.dropFirst().contains { $0.contains(remedy) })
  }
}
