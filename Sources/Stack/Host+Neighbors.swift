import TCP
import Time
import Wire

/// Hardware addresses, whichever way they are found (RFC 826, RFC 4861).
extension Host {
  /// An answer that openings wait for; nobody else may tell us anything new.
  mutating func resolve(_ address: IPAddress, to hardware: MACAddress, at now: Instant) {
    guard openings.unresolved > 0 else { return }
    for place in openings.places {
      guard var entry = openings[place], entry.hardware == nil, entry.nextHop == address else { continue }
      entry.hardware = hardware
      openings[place] = entry
      openings.unresolved -= 1
      neighbors.learn(hardware, of: address, at: now)
      markReady(entry.connection)
    }
  }

  /// Asks everybody for a hardware address.
  mutating func ask(for address: IPAddress, from own: IPAddress) {
    if let address = address.ipv4, let own = own.ipv4 {
      ask(for: address, from: own)
    } else if let address = address.ipv6, let own = own.ipv6 {
      ask(for: address, from: own)
    }
  }

  /// Announces our addresses to everybody, so that nobody has to ask (RFC 5227 §3, RFC 4861 §7.2.6).
  package mutating func announce() {
    for first in configuration.addresses.firsts {
      for local in 0..<configuration.addresses.count(first.family) {
        let address = configuration.addresses.address(local, towards: first)
        if let address = address.ipv4 { ask(for: address, from: address) }
        if let address = address.ipv6 { advertise(address) }
      }
    }
  }
}
