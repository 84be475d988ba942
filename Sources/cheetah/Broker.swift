import Claims
import LinuxLink
import Logging
import Time
import Wire

/// The broker: it owns an interface, and hands each server a socket for what it has claimed and nothing else.
///
/// It is not on the way of any packet of the servers': when it ends, they go on.
final class Broker {
  /// Who holds what.
  var table: ClaimTable
  /// Those that are connected, and those that were left by an earlier broker, by the token of their events.
  var clients: [UInt64: BrokerClient] = [:]
  /// What keeps servers from sending in another's name.
  let rules: EgressRules
  /// The kernel's packet filter; nil where it cannot look at what leaves.
  var filter: PacketRules?
  /// Where claims are written down.
  let records: BrokerRecords
  /// The interface, and the hardware address of all servers on it.
  let interface: PacketInterface
  let hardware: MACAddress
  let logger = Logger(label: "broker") { StreamLogHandler.standardError(label: $0) }
  private let events: EventQueue
  private let listener: LocalListener
  private let interfaces: InterfaceWatch
  var responder: AddressResponder
  private var nextToken = Token.firstClient
  private let clock = MonotonicClock()

  /// What an event is about; a client's is even, and that of its process the number behind it.
  private enum Token {
    static let listener: UInt64 = 0
    static let signals: UInt64 = 1
    static let device: UInt64 = 2
    static let interfaces: UInt64 = 3
    static let firstClient: UInt64 = 4
  }

  /// A broker that is ready to run.
  init(
    interface name: String, hardware: MACAddress?, table: ClaimTable, socket: String, mode: UInt16,
    records: BrokerRecords
  ) throws(CommandFailure) {
    let interface = try CommandFailure.catching { () throws(PacketError) in try PacketInterface(named: name) }
    let address = hardware ?? interface.serverAddress
    responder = try CommandFailure.catching { () throws(PacketError) in
      try AddressResponder(on: interface, hardware: address, addresses: table.addresses, at: MonotonicClock().now)
    }
    listener = try CommandFailure.catching { () throws(SystemError) in try LocalListener(path: socket, mode: mode) }
    events = try CommandFailure.catching { () throws(SystemError) in try EventQueue() }
    interfaces = try CommandFailure.catching { () throws(SystemError) in try InterfaceWatch() }
    self.interface = interface
    self.hardware = address
    self.table = table
    self.records = records
    rules = EgressRules(interface: name, hardware: address)
  }

  /// Hands out claims until a signal ends it.
  func run(_ signals: borrowing SignalDescriptor) throws(CommandFailure) {
    restore()
    installRules()
    answerForUnclaimed()
    responder.announce(at: clock.now)
    try CommandFailure.catching { () throws(SystemError) in
      try events.watch(listener.descriptorNumber, as: Token.listener)
      try events.watch(signals.descriptorNumber, as: Token.signals)
      try events.watch(responder.descriptorNumber, as: Token.device)
      try events.watch(interfaces.descriptorNumber, as: Token.interfaces)
    }
    CommandOutput.error(banner)
    while true {
      for token in events.wait(until: .never) {
        switch token {
        case Token.listener: acceptAll()
        case Token.signals: if !heed(signals) { return }
        case Token.device: responder.respond(at: clock.now)
        case Token.interfaces:
          interfaces.discard()
          renewRules()
        default: serve(token)
        }
      }
    }
  }

  /// Takes over the servers that an earlier broker has left.
  private func restore() {
    for grant in records.grants {
      guard let client = BrokerClient(holding: grant), table.restore(grant) else { continue }
      client.marks = [grant.mark]
      enter(client)
    }
    save()
  }

  private func acceptAll() {
    while let connection = listener.accept() {
      if let client = BrokerClient(connection) { enter(client) }
    }
  }

  /// Watches a client and its process.
  private func enter(_ client: BrokerClient) {
    let token = nextToken
    nextToken += 2
    do throws(SystemError) {
      try client.watchConnection(by: events, as: token)
      try events.watch(client.watch.descriptorNumber, as: token + 1)
      clients[token] = client
    } catch {
      logger.error("\(error)")
    }
  }

  /// Something has come from a client, or its process has ended.
  private func serve(_ token: UInt64) {
    let isEnded = token % 2 == 1
    guard let client = clients[token & ~1] else { return }
    if !isEnded, let text = client.next() {
      if !text.isEmpty { return answer(text, to: client) }
    } else if !isEnded {
      return
    }
    clients[token & ~1] = nil
    release(client)
  }

  /// Does what signals ask for.
  /// - Returns: false when the broker is to end.
  private func heed(_ signals: borrowing SignalDescriptor) -> Bool {
    while let signal = signals.next() {
      switch signal {
      case .terminate, .interrupt:
        logger.notice("\(summary)")
        if table.count == 0 { removeRules() }
        return false
      case .hangUp, .user1: logger.notice("\(summary)")
      }
    }
    return true
  }
}
