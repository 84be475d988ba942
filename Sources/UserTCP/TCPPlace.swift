import Link
import LinuxLink
import Stack
import TCP
import Time
import Wire

/// Where a server is: a device and an address on it that the kernel does not have.
public struct TCPPlace: Sendable {
  let device: Device
  let address: IPAddress
  let port: UInt16

  enum Device: Sendable {
    case tap(String)
    case interface(String)
  }

  /// At the end of a cable of its own: a TAP, which is made if there is none.
  /// - Parameters:
  ///   - name: the TAP's name.
  ///   - address: the address, such as `10.9.0.2` or `fd09::2`.
  ///   - port: the port, from 1 on.
  public static func tap(_ name: String, address: String, port: UInt16) throws(TCPFailure) -> TCPPlace {
    try TCPPlace(.tap(name), address, port)
  }

  /// On an interface that is there already, shared with the kernel by a packet socket.
  /// - Parameters:
  ///   - name: the interface's name.
  ///   - address: the address, such as `192.0.2.7` or `2001:db8::7`.
  ///   - port: the port, from 1 on.
  public static func interface(_ name: String, address: String, port: UInt16) throws(TCPFailure) -> TCPPlace {
    try TCPPlace(.interface(name), address, port)
  }

  private init(_ device: Device, _ address: String, _ port: UInt16) throws(TCPFailure) {
    guard let number = IPAddress(address), number.isUnicast else {
      throw TCPFailure(description: "\(address) is no address of a single host")
    }
    guard port > 0 else { throw TCPFailure(description: "port 0 is nobody's") }
    self.device = device
    self.address = number
    self.port = port
  }

  /// Runs an application here until SIGTERM or SIGINT comes.
  /// - Parameters:
  ///   - application: what is done with the connections.
  ///   - started: called once when the server is ready.
  /// - Throws: `TCPFailure` when the device cannot be opened, with what to type.
  public func run<Application: TCPApplication>(
    _ application: Application, started: () -> Void = {}
  ) throws(TCPFailure) {
    let signals = try TCPFailure.describing { () throws(SystemError) in try SignalDescriptor() }
    switch device {
    case .tap(let name):
      let device = try TCPFailure.describing { () throws(TAPError) in try TAPDevice(name: name) }
      try run(application, on: device, signals, started)
    case .interface(let name):
      let device = try TCPFailure.describing { () throws(PacketError) in
        try PacketDevice(interface: name, for: [address], window: PacketDevice.usualWindow)
      }
      try run(application, on: device, signals, started)
    }
  }

  private func run<Application: TCPApplication, Frames: PolledDevice & ~Copyable>(
    _ application: Application, on device: consuming Frames, _ signals: borrowing SignalDescriptor,
    _ started: () -> Void
  ) throws(TCPFailure) {
    guard device.properties.mtu >= address.family.leastMTU else {
      throw TCPFailure(description: "\(address.family) needs an MTU of \(address.family.leastMTU) bytes at least")
    }
    let clock = MonotonicClock()
    var poller = Poller()
    _ = poller.watch(device.descriptorNumber)
    _ = poller.watch(signals.descriptorNumber)
    var service = TCPService(configuration(device.properties), chunks: 4_096, at: clock.now)
    service.host.announce()
    var server = TCPServer(application, service, on: device)
    started()
    while true {
      while server.turn(at: clock.now) {}
      _ = poller.wait(until: server.nextDeadline)
      if let signal = signals.next(), signal == .terminate || signal == .interrupt { return }
    }
  }

  private func configuration(_ properties: LinkProperties) -> HostConfiguration {
    let addresses = address.ipv6.map { HostAddresses($0) } ?? HostAddresses(address.ipv4 ?? IPv4Address(0))
    var random = SystemRandomNumberGenerator()
    let secret = SipHash(key0: random.next(), key1: random.next())
    var configuration = HostConfiguration(
      hardware: properties.address, addresses: addresses, port: port, mtu: properties.mtu, secret: secret)
    configuration.deviceFinishesChecksums = properties.finishesChecksums
    configuration.largestSuperSegment = properties.largestSuperSegment
    configuration.hasECN = true
    return configuration
  }
}

/// Why a server did not start: what failed, why, and what to type.
public struct TCPFailure: Error, CustomStringConvertible, Sendable {
  /// The words.
  public let description: String

  static func describing<Result: ~Copyable, Failure: Error & CustomStringConvertible>(
    _ body: () throws(Failure) -> Result
  ) throws(TCPFailure) -> Result {
    do {
      return try body()
    } catch {
      throw TCPFailure(description: error.description)
    }
  }
}
