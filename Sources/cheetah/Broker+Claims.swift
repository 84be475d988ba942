import Claims
import LinuxLink
import Logging
import Wire

/// What is asked of the broker, and what becomes of it.
extension Broker {
  /// Answers a request.
  func answer(_ text: String, to client: BrokerClient) {
    do throws(Refusal) {
      switch try BrokerRequest(text) {
      case .list: client.send(table.all.map { "\($0.claim) is held by \($0.holder)\n" }.joined())
      case .claim(let claim, let offload): try grant(claim, offload: offload, to: client)
      }
    } catch {
      logger.notice("refused \(client.claimant): \(error)")
      client.send(BrokerAnswer.refused("\(error)").text)
    }
  }

  /// Grants a claim: the rules first, then the socket, so that nothing can be sent that no rule covers. By then the
  /// broker has ceased to answer for the ports.
  private func grant(_ claim: Claim, offload: Bool, to client: BrokerClient) throws(Refusal) {
    let grant = try table.grant(claim, to: client.claimant)
    do {
      try filter?.run(rules.add(grant))
      answerForUnclaimed()
      let socket = try PacketSocket.open(
        on: interface, hardware: hardware, filter: try PacketFilter(expression: claim.filterExpression),
        offload: offload, window: PacketDevice.usualWindow)
      try socket.setMark(grant.mark.value)
      let lease = BrokerAnswer.Lease(interface: interface.name, hardware: hardware, mark: grant.mark)
      try client.send(BrokerAnswer.granted(lease).text, with: socket)
    } catch {
      withdraw(grant)
      throw .failed("\(error)")
    }
    client.marks.insert(grant.mark)
    logger.notice("granted \(grant.claim) to \(grant.holder)")
    save()
  }

  /// Takes back what a client held that has gone.
  func release(_ client: BrokerClient) {
    guard !client.marks.isEmpty else { return }
    for mark in client.marks.sorted() {
      guard let grant = table[mark] else { continue }
      withdraw(grant)
      logger.notice("\(grant.holder) has given up \(grant.claim)")
    }
    save()
  }

  private func withdraw(_ grant: ClaimTable.Grant) {
    table.release(grant.mark)
    answerForUnclaimed()
    do throws(PacketRules.Failure) {
      try filter?.run(rules.remove(grant))
    } catch {
      logger.error("\(error)")
    }
  }

  /// Has TCP connections to ports that nobody holds refused, instead of letting them wait for nothing.
  func answerForUnclaimed() {
    do throws(PacketError) {
      try responder.answer(exceptFor: table.all.map(\.claim))
    } catch {
      logger.warning("connections to ports that nobody holds will not be refused: \(error)")
    }
  }

  /// Writes down who holds what.
  func save() {
    do throws(SystemError) {
      try records.write(table)
    } catch {
      logger.error("\(error): a broker that comes after this one will not know who holds what")
    }
  }
}
