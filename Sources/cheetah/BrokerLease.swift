import Claims
import LinuxLink
import Wire

/// A claim that a broker has granted to this process. It lasts as long as the connection and the process.
final class BrokerLease {
  private let connection: LocalConnection
  private let lease: BrokerAnswer.Lease
  private var descriptors: LocalConnection.PassedDescriptors
  private let offload: Bool

  /// Claims a port of an address, or says why not.
  init(from path: String, _ claim: Claim, offload: Bool) throws(CommandFailure) {
    let connection = try BrokerLease.connect(to: path)
    self.offload = offload
    let answer = try CommandFailure.catching { () throws(SystemError) in
      try connection.send(BrokerRequest.claim(claim, offload: offload).text)
      return try connection.receive(upTo: BrokerRequest.longest)
    }
    guard let message = answer, let words = BrokerAnswer(message.text) else {
      throw .failed("the broker at \(path) does not answer as a broker does")
    }
    switch words {
    case .refused(let reason): throw .failed("the broker refuses the claim: \(reason)")
    case .granted(let lease): self.lease = lease
    }
    descriptors = message.takeDescriptors()
    self.connection = connection
  }

  private static func connect(to path: String) throws(CommandFailure) -> LocalConnection {
    do throws(SystemError) {
      return try LocalConnection(path: path)
    } catch {
      throw .failed(
        """
        \(error)
          start a broker:  sudo cheetah broker --interface eth1 --address 192.0.2.80 --socket \(path)
        """)
    }
  }

  /// Maps the rings of the socket; to be called once. Needs no privilege.
  func openDevice() throws(CommandFailure) -> PacketDevice {
    guard let descriptor = descriptors.first.take() else { throw .failed("the broker has sent no socket") }
    let interface = try CommandFailure.catching { () throws(PacketError) in
      try PacketInterface(named: lease.interface)
    }
    let socket = PacketSocket(
      adopting: descriptor, short: descriptors.second.take(), for: interface, window: PacketDevice.usualWindow)
    let (hardware, offload) = (lease.hardware, offload)
    do throws(SystemError) {
      return try PacketDevice(mapping: socket, of: interface, hardware: hardware, offload: offload)
    } catch {
      throw .failed("\(error)")
    }
  }
}
