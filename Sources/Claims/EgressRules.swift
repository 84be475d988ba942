package import Wire

/// What keeps a holder from sending in another's name: rules for the kernel's packet filter (nft(8)), on the way out of
/// the interface.
///
/// The mark that the broker set on the socket says whose a packet is. Packets that bear the mark of a claim pass only from
/// the claim's address, port and hardware address; all others that bear one are counted and dropped. What bears none is not
/// looked at any further. The hook sees what passes the queue by (`PACKET_QDISC_BYPASS`), too.
package struct EgressRules: Sendable {
  /// The table's name, one for each interface.
  package let table: String
  private let interface: String
  private let hardware: MACAddress

  /// The rules of an interface.
  /// - Parameter hardware: the hardware address that holders send from.
  package init(interface: String, hardware: MACAddress) {
    table = "cheetah_" + String(interface.map { $0.isLetter || $0.isNumber ? $0 : "_" })
    self.interface = interface
    self.hardware = hardware
  }

  /// Commands that make the table anew, with these grants in it, at once: there is no moment without rules.
  package func install(_ grants: [ClaimTable.Grant]) -> String {
    """
    add table netdev \(table)
    delete table netdev \(table)
    table netdev \(table) {
      counter forged { }
      set granted {
        type mark . ipv4_addr . inet_proto . inet_service
        flags interval
      }
      chain egress {
        type filter hook egress device "\(interface)" priority 0; policy accept;
        meta mark & \(Mark.mask) != \(Mark.prefix) accept
        ether saddr \(hardware) meta mark . ip saddr . ip protocol . th sport @granted accept
        counter name forged drop
      }
    }
    \(grants.map(add).joined(separator: "\n"))

    """
  }

  /// The command that lets a claim's packets pass.
  package func add(_ grant: ClaimTable.Grant) -> String {
    "add element netdev \(table) granted { \(element(grant)) }"
  }

  /// The command that stops a claim's packets.
  package func remove(_ grant: ClaimTable.Grant) -> String {
    "delete element netdev \(table) granted { \(element(grant)) }"
  }

  /// The command that removes everything.
  package var uninstall: String { "delete table netdev \(table)" }

  /// The command that shows how many packets were dropped.
  package var showCounter: String { "list counter netdev \(table) forged" }

  /// Reads the number of packets from what `showCounter` shows.
  package func forgedCount(in text: String) -> UInt64? {
    let words = text.split { $0 == " " || $0 == "\n" || $0 == "\t" }
    return words.firstIndex(of: "packets").flatMap { UInt64(words[$0 + 1]) }
  }

  private func element(_ grant: ClaimTable.Grant) -> String {
    let claim = grant.claim
    return "\(grant.mark.value) . \(claim.address) . \(claim.transport.rawValue) . \(claim.ports.portText)"
  }
}
