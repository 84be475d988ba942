package import Wire

/// What a server and a broker say to each other: one line each way, on a connection of messages (`SOCK_SEQPACKET`,
/// unix(7)). A claim lasts as long as the connection, or the process behind it.
package enum BrokerRequest: Equatable, Sendable {
  /// `claim tcp 10.9.0.2 80`: the answer brings the socket along.
  case claim(Claim, offload: Bool)
  /// `list`: who holds what.
  case list

  /// Reads a request.
  package init(_ text: String) throws(Refusal) {
    if text == "list" {
      self = .list
      return
    }
    var words = text.split(separator: " ")
    let offload = words.last != "plain"
    if !offload { words.removeLast() }
    guard words.first == "claim", let claim = Claim(words.dropFirst().joined(separator: " ")) else {
      throw .unreadable(text)
    }
    self = .claim(claim, offload: offload)
  }

  /// The line that `init` reads.
  package var text: String {
    switch self {
    case .claim(let claim, let offload): "claim \(claim)\(offload ? "" : " plain")"
    case .list: "list"
    }
  }

  /// The most bytes of a line, in either direction but for the answer to `list`.
  package static let longest = 512
}

/// The broker's answer to a claim.
package enum BrokerAnswer: Equatable, Sendable {
  /// The claim is granted: with it comes a packet socket with its filter, its rings and its mark.
  case granted(Lease)
  /// It is not, for this reason.
  case refused(String)

  /// What has to be known of the socket in order to serve on it.
  package struct Lease: Equatable, Sendable {
    /// The interface it is bound to.
    package let interface: String
    /// The hardware address to send from.
    package let hardware: MACAddress
    /// The mark of what it sends.
    package let mark: Mark

    /// A lease.
    package init(interface: String, hardware: MACAddress, mark: Mark) {
      self.interface = interface
      self.hardware = hardware
      self.mark = mark
    }
  }

  /// Reads an answer; nil when it is none.
  package init?(_ text: String) {
    if text.hasPrefix("refused ") {
      self = .refused(String(text.dropFirst("refused ".count)))
      return
    }
    let words = text.split(separator: " ")
    guard words.count == 4, words[0] == "granted", let hardware = MACAddress(String(words[2])),
      let mark = UInt32(words[3]).flatMap({ Mark(value: $0) })
    else { return nil }
    self = .granted(Lease(interface: String(words[1]), hardware: hardware, mark: mark))
  }

  /// The line that `init` reads.
  package var text: String {
    switch self {
    case .granted(let lease): "granted \(lease.interface) \(lease.hardware) \(lease.mark.value)"
    case .refused(let reason): "refused \(reason)"
    }
  }
}
