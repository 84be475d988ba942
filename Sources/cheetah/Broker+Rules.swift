import Claims
import LinuxLink
import Logging
import Wire

/// The rules on the way out, and what a person is told.
extension Broker {
  /// Makes the rules anew, with those in them that hold claims already.
  func installRules() {
    do {
      let filter = try PacketRules()
      try filter.run(rules.install(table.all, others: otherInterfaces()))
      self.filter = consume filter
    } catch {
      filter = nil
      logger.error(
        """
        servers can send in each other's names: the kernel does not look at what leaves (\(error))
          it needs NF_TABLES_NETDEV and NETFILTER_EGRESS, since Linux 5.16, and CAP_NET_ADMIN
        """)
    }
  }

  /// Makes the rules anew after the interfaces have changed. One that goes while this is done makes it fail, and is news
  /// again.
  func renewRules() {
    do {
      try filter?.run(rules.install(table.all, forged: forgedCount ?? 0, others: otherInterfaces()))
    } catch {
      logger.warning("the rules stay as they were when the interfaces changed: \(error)")
    }
  }

  /// All interfaces but the broker's.
  private func otherInterfaces() throws(SystemError) -> [NumberedInterface] {
    try NetworkInterface.numbers().filter { $0.index != UInt32(interface.index) }.map {
      NumberedInterface(index: $0.index, name: $0.name)
    }
  }

  /// Removes the rules: nobody holds a socket that they are for.
  func removeRules() {
    _ = try? filter?.run(rules.uninstall)
  }

  /// How many packets were dropped because they were sent in another's name; nil where nobody looks.
  var forgedCount: UInt64? {
    guard let text = try? filter?.run(rules.showCounter) else { return nil }
    return rules.forgedCount(in: text)
  }

  /// What a person is told at the start.
  var banner: String {
    let addresses = table.addresses.map(\.description).sorted().joined(separator: ", ")
    let egress = filter == nil ? "not looked at: servers are trusted" : "only in the claimant's own name, by nft(8)"
    return """
      Brokering \(interface.name)
        addresses  \(addresses), at \(hardware)
        claims     \(table.count) of servers that were running
        sending    \(egress)
      """
  }

  /// How things stand, in a line.
  var summary: String {
    let forged = forgedCount.map { "\($0) forged packets dropped" } ?? "forged packets not looked for"
    return "\(table.count) claims of \(Set(table.all.map(\.holder)).count) processes, \(forged)"
  }
}
