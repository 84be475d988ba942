import Link
import LinuxLink
import Testing
import Wire

/// Opening a TAP: what it is found to be, and why it can not be had.
@Suite(.serialized, .enabled(if: TestTAP.isPossible, TestTAP.requirement))
struct TAPOpeningTests {
  private static func failure(name: String?, isMultiQueue: Bool = false) -> TAPError? {
    do throws(TAPError) {
      _ = try TAPDevice(name: name, isMultiQueue: isMultiQueue)
      return nil
    } catch {
      return error
    }
  }

  @Test func `Without a name the kernel chooses one`() throws {
    let device = try TAPDevice(name: nil)
    #expect(device.name.hasPrefix("tap"))
  }

  @Test func `The MTU is the interface's`() throws {
    let made = try TAPDevice(name: TestTAP.freshName(), isMultiQueue: true)
    #expect(made.properties.mtu == 1_500)
    try NetworkInterface.setMTU(9_000, of: made.name)
    #expect(try TAPDevice(name: made.name, isMultiQueue: true).properties.mtu == 9_000)
  }

  @Test func `Our address is local, unicast, not the kernel's, and the same every time`() throws {
    let name = TestTAP.freshName()
    func open() throws -> (own: MACAddress, kernel: MACAddress) {
      let device = try TAPDevice(name: name)
      return (device.properties.address, try NetworkInterface(named: name).hardwareAddress)
    }
    let (first, second) = (try open(), try open())
    #expect(first.own == second.own)
    #expect(first.own != first.kernel)
    #expect(first.own.value >> 40 == 0x02)
  }

  @Test func `An address that was given is used`() throws {
    let address = MACAddress(0x02_00_00_00_12_34)
    #expect(try TAPDevice(name: TestTAP.freshName(), address: address).properties.address == address)
  }

  @Test func `A TAP that another has open is busy`() throws {
    let device = try TAPDevice(name: TestTAP.freshName())
    #expect(TAPOpeningTests.failure(name: device.name) == .busy(device.name))
  }

  @Test func `A TAP is gone when its device is`() throws {
    let name = TestTAP.freshName()
    do { _ = try TAPDevice(name: name) }
    #expect(throws: SystemError.self) { try NetworkInterface(named: name) }
  }

  @Test func `The loopback is not a TAP`() {
    #expect(TAPOpeningTests.failure(name: "lo") == .notATAP("lo"))
  }

  @Test func `A TAP with one queue is not opened as one with several`() throws {
    let one = try TAPDevice(name: TestTAP.freshName())
    #expect(
      TAPOpeningTests.failure(name: one.name, isMultiQueue: true) == .queuesDiffer(one.name, hasSeveral: false))
    let several = try TAPDevice(name: TestTAP.freshName(), isMultiQueue: true)
    #expect(TAPOpeningTests.failure(name: several.name) == .queuesDiffer(several.name, hasSeveral: true))
  }

  @Test func `An MTU below what every host must take is refused`() throws {
    let device = try TAPDevice(name: TestTAP.freshName(), isMultiQueue: true)
    try NetworkInterface.setMTU(500, of: device.name)
    #expect(TAPOpeningTests.failure(name: device.name, isMultiQueue: true) == .smallMTU(device.name, 500))
  }

  @Test(arguments: ["", "a name", "tap/0", "tap%d", "tap:0", ".", "..", "sixteen-letters-"])
  func `A name that the kernel would not take is refused`(name: String) {
    #expect(TAPOpeningTests.failure(name: name) == .badName(name))
  }

  @Test func `An error says what failed, why, and what to type`() {
    let text = "\(TAPError.notPermitted("cheetah0"))"
    #expect(text.contains("cannot attach to the TAP cheetah0"))
    #expect(text.contains("CAP_NET_ADMIN"))
    #expect(text.contains("sudo ip tuntap add dev cheetah0 mode tap user"))
  }
}
