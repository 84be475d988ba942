package import Wire

/// What keeps a holder from sending in another's name: rules for the kernel's packet filter (nft(8)), on the way out of
/// the interface.
///
/// The mark that the broker set on the socket says whose a packet is. Packets that bear the mark of a claim pass only from
/// the claim's address, port and hardware address, and leave their mark behind; all others that bear one are counted and
/// dropped, and so is every packet with a claim's mark that leaves by another interface: a holder can bind its socket
/// anew. What bears none is not looked at any further. The hook sees what passes the queue by (`PACKET_QDISC_BYPASS`), too.
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
  /// - Parameters:
  ///   - grants: what is held.
  ///   - forged: the number of packets that were dropped so far, from which the counter goes on.
  ///   - others: the other interfaces of the network namespace, on which holders send nothing.
  package func install(_ grants: [ClaimTable.Grant], forged: UInt64 = 0, others: [NumberedInterface] = []) -> String {
    """
    add table netdev \(table)
    delete table netdev \(table)
    table netdev \(table) {
      counter forged { packets \(forged) bytes 0 }
      set granted {
        type mark . ipv4_addr . inet_proto . inet_service
        size 4096
      }
      set ranges {
        type mark . ipv4_addr . inet_proto . inet_service
        flags interval
      }
      chain egress {
        type filter hook egress device "\(interface)" priority 0; policy accept;
        meta mark . ip saddr . ip protocol . th sport @granted ether saddr \(hardware) meta mark set 0 accept
        meta mark & \(Mark.mask) != \(Mark.prefix) accept
        ether saddr \(hardware) meta mark . ip saddr . ip protocol . th sport @ranges meta mark set 0 accept
        counter name forged drop
      }
    \(others.map(guardian).joined(separator: "\n"))
    }
    \(grants.map(add).joined(separator: "\n"))

    """
  }

  /// The command that lets a claim's packets pass.
  package func add(_ grant: ClaimTable.Grant) -> String {
    "add element netdev \(table) \(element(grant))"
  }

  /// The command that stops a claim's packets.
  package func remove(_ grant: ClaimTable.Grant) -> String {
    "delete element netdev \(table) \(element(grant))"
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

  /// The chain that lets no holder's packet leave by another interface, named by its number: names can change.
  private func guardian(of other: NumberedInterface) -> String {
    """
      chain other_\(other.index) {
        type filter hook egress device "\(other.name)" priority 0; policy accept;
        meta mark & \(Mark.mask) == \(Mark.prefix) counter name forged drop
      }
    """
  }

  /// The set and what is in it of a grant. A single port is found by one look into a hash table, without the kernel's search
  /// among ranges.
  private func element(_ grant: ClaimTable.Grant) -> String {
    let claim = grant.claim
    let set = claim.ports.count == 1 ? "granted" : "ranges"
    let key = "\(grant.mark.value) . \(claim.address) . \(claim.transport.rawValue) . \(claim.ports.portText)"
    return "\(set) { \(key) }"
  }
}
