import LinuxLink
import Testing
import Wire

/// What the kernel has, and which addresses are its own.
struct NetworkInterfaceTests {
  @Test func `The loopback is known and its whole network is the kernel's`() throws {
    let loopback = try NetworkInterface(named: "lo")
    #expect(loopback.isLoopback)
    #expect(loopback.mtu > 0)
    #expect(loopback.hardwareAddress == MACAddress(0))
  }

  @Test func `An interface that is not there is an error that names it`() {
    let error = #expect(throws: SystemError.self) { try NetworkInterface(named: "nosuch0") }
    #expect(error?.description == "cannot look at the interface nosuch0: No such device")
  }

  @Test(.enabled(if: TestTAP.isPossible, TestTAP.requirement))
  func `An address on an interface has an owner, its neighbour has none`() throws {
    let tap = try TestTAP()
    #expect(try NetworkInterface.owner(of: tap.kernel.address) == tap.device.name)
    #expect(try NetworkInterface.owner(of: IPAddress(tap.own)) == nil)
    let interface = try NetworkInterface(named: tap.device.name)
    #expect(interface.isUp)
    #expect(interface.addresses.filter { $0.address.family == .ipv4 } == [tap.kernel])
    try NetworkInterface.takeDown(tap.device.name)
    #expect(try NetworkInterface(named: tap.device.name).isUp == false)
  }

  @Test func `Every address of the loopback's network has an owner`() throws {
    let loopback = try NetworkInterface(named: "lo")
    try #require(!loopback.addresses.isEmpty, "the loopback is not set up here")
    #expect(try NetworkInterface.owner(of: IPAddress(IPv4Address(127 << 24 | 0x01_02_03))) == "lo")
  }

  @Test(arguments: [
    ("10.9.0.2", 24, true), ("10.9.0.255", 24, false), ("10.9.0.0", 24, false), ("10.9.0.255", 16, true),
    ("10.9.0.0", 31, true), ("10.9.0.0", 32, true), ("224.0.0.1", 24, false), ("0.0.0.1", 8, false),
    ("255.255.255.255", 32, false),
  ])
  func `The address of a network, and that of all its hosts, is none of a host`(
    text: String, length: Int, isOfHost: Bool
  ) throws {
    let number = try #require(IPAddress(text))
    #expect(InterfaceAddress(number, prefixLength: length)?.isOfHost == isOfHost)
  }

  @Test func `A prefix divides network from host`() throws {
    let address = try #require(IPAddress("10.9.0.1"))
    let inside = try #require(IPAddress("10.9.0.254"))
    let outside = try #require(IPAddress("10.9.1.1"))
    let network = try #require(InterfaceAddress(address, prefixLength: 24))
    #expect(network.networkContains(inside))
    #expect(!network.networkContains(outside))
    #expect(network.description == "10.9.0.1/24")
    #expect(InterfaceAddress(address, prefixLength: 0)?.networkContains(outside) == true)
    #expect(InterfaceAddress(address, prefixLength: 32)?.networkContains(inside) == false)
    #expect(InterfaceAddress(address, prefixLength: 33) == nil)
    #expect(InterfaceAddress(address, prefixLength: -1) == nil)
  }

  @Test func `A prefix divides network from host in version 6 too`() throws {
    let address = try #require(IPAddress("fd09:0:0:1::1"))
    let inside = try #require(IPAddress("fd09:0:0:1:ffff::2"))
    let outside = try #require(IPAddress("fd09:0:0:2::1"))
    let network = try #require(InterfaceAddress(address, prefixLength: 64))
    #expect(InterfaceAddress(address) == network)
    #expect(network.networkContains(inside))
    #expect(!network.networkContains(outside))
    #expect(network.description == "fd09:0:0:1::1/64")
    #expect(InterfaceAddress(address, prefixLength: 62)?.networkContains(outside) == true)
    #expect(InterfaceAddress(address, prefixLength: 128)?.networkContains(inside) == false)
    #expect(InterfaceAddress(address, prefixLength: 80)?.networkContains(inside) == false)
    #expect(InterfaceAddress(address, prefixLength: 0)?.networkContains(try #require(IPAddress("10.9.0.1"))) == false)
    #expect(InterfaceAddress(address, prefixLength: 129) == nil)
  }

  @Test func `The kernel's addresses of version 6 are known`() throws {
    #expect(try NetworkInterface.owner(of: try #require(IPAddress("::1"))) == "lo")
    #expect(try NetworkInterface.owner(of: try #require(IPAddress("2001:db8::1"))) == nil)
  }
}
