import Claims
import LinuxLink

/// Somebody who is connected to the broker, or whose socket an earlier broker handed out.
final class BrokerClient {
  /// The watch over the process.
  let watch: ProcessWatch
  /// Who it is.
  let claimant: Claimant
  /// What it holds.
  var marks: Set<Mark> = []
  /// Nil for a server that has outlived the broker it had its socket from.
  private let link: Link?

  /// A connection that may also not be there.
  private final class Link {
    let connection: LocalConnection

    init(_ connection: consuming LocalConnection) {
      self.connection = connection
    }
  }

  /// Takes in a connection; nil when the process behind it has gone already.
  init?(_ connection: consuming LocalConnection) {
    guard let peer = try? connection.peer(), let watch = ProcessWatch(process: peer.process) else { return nil }
    claimant = Claimant(
      process: peer.process, start: watch.start, user: peer.user, name: peer.userName, groups: peer.groupNames)
    link = Link(connection)
    self.watch = watch
  }

  /// Takes over the holder of a grant; nil when it has ended, whoever has its number now.
  init?(holding grant: ClaimTable.Grant) {
    guard let watch = ProcessWatch(process: grant.holder.process), watch.start == grant.holder.start else { return nil }
    claimant = grant.holder
    link = nil
    self.watch = watch
  }

  /// Has the queue tell when something comes, or the other side goes.
  func watchConnection(by events: borrowing EventQueue, as token: UInt64) throws(SystemError) {
    if let number = link?.connection.descriptorNumber { try events.watch(number, as: token) }
  }

  /// What has come: empty when the client has gone, nil when nothing has.
  func next() -> String? {
    guard let message = try? link?.connection.receive(upTo: BrokerRequest.longest) else { return nil }
    return message.text
  }

  /// Sends an answer. Who does not take it is not waited for.
  func send(_ text: String) {
    try? link?.connection.send(text)
  }

  /// Sends an answer and what a packet device needs with it.
  func send(_ text: String, with socket: borrowing PacketSocket) throws(SystemError) {
    try link?.connection.send(text, with: socket)
  }
}
