import TCP
package import Time
import Wire

/// A frame's way in, down to the segment.
extension Host {
  /// Takes in a frame.
  /// - Parameters:
  ///   - frame: the bytes from the destination address on.
  ///   - isVouchedFor: whether the TCP checksum need not be looked at.
  ///   - now: when the frame arrived.
  /// - Returns: what it has changed for a connection, or nil when it concerns none.
  package mutating func receive(_ frame: RawSpan, isVouchedFor: Bool, at now: Instant) -> HostArrival? {
    var rest = frame
    do {
      let ethernet = try EthernetHeader(parsing: &rest)
      guard ethernet.destination == configuration.hardware || ethernet.destination == .broadcast else {
        counters.drops.notForUs += 1
        return nil
      }
      switch ethernet.type {
      case .ipv4 where ethernet.destination == configuration.hardware:
        return try receivePacket(rest, in: frame, from: ethernet.source, isVouchedFor: isVouchedFor, at: now)
      case .arp: try receiveARP(rest)
      default: counters.drops.unsupported += 1
      }
    } catch {
      counters.drops.count(error)
    }
    return nil
  }

  private mutating func receivePacket(
    _ packet: RawSpan, in frame: RawSpan, from hardware: MACAddress, isVouchedFor: Bool, at now: Instant
  ) throws(ParseError) -> HostArrival? {
    var rest = packet
    let ip = try IPv4Header(parsing: &rest)
    guard ip.destination == configuration.address else {
      counters.drops.notForUs += 1
      return nil
    }
    guard ip.source.isUnicast, ip.source != configuration.address, !hardware.isMulticast else { throw .badFlags }
    guard ip.fragment == nil else {
      counters.drops.fragment += 1
      return nil
    }
    switch ip.payloadProtocol {
    case .tcp:
      let length = rest.byteCount
      let segmentStart = EthernetHeader.byteCount + Int(ip.totalLength) - length
      if !isVouchedFor {
        let sum = InternetChecksum(tcpFrom: ip.source, to: ip.destination, length: length)
        guard (sum + InternetChecksum(summing: rest)).isValid else { throw .badChecksum }
      }
      let tcp = try TCPHeader(parsing: &rest)
      counters.segmentsIn += 1
      let textStart = segmentStart + length - rest.byteCount
      let segment = Segment(header: tcp, textCount: rest.byteCount)
      return dispatch(segment, from: Sender(address: ip.source, hardware: hardware), text: rest, at: textStart, now)
    case .icmp: try receiveICMP(rest, from: ip.source, hardware)
    default: counters.drops.unsupported += 1
    }
    return nil
  }

  /// Answers a question for our hardware address (RFC 826).
  private mutating func receiveARP(_ packet: RawSpan) throws(ParseError) {
    var rest = packet
    let question = try ARPPacket(parsing: &rest)
    guard question.operation == .request, question.target == configuration.address else { return }
    guard !question.senderHardware.isMulticast else { throw .badFlags }
    sendARP(
      ARPPacket(
        operation: .reply, senderHardware: configuration.hardware, sender: configuration.address,
        targetHardware: question.senderHardware, target: question.sender),
      to: question.senderHardware)
  }

  /// Announces our addresses to everybody, so that nobody has to ask (RFC 5227 §3).
  package mutating func announce() {
    sendARP(
      ARPPacket(
        operation: .request, senderHardware: configuration.hardware, sender: configuration.address,
        targetHardware: MACAddress(0), target: configuration.address),
      to: .broadcast)
  }

  /// Answers an echo request (RFC 1122 §3.2.2.6).
  private mutating func receiveICMP(
    _ packet: RawSpan, from source: IPv4Address, _ hardware: MACAddress
  ) throws(ParseError) {
    var rest = packet
    guard case .echoRequest(let identifier, let sequence) = try ICMPMessage(parsing: &rest) else { return }
    sendEcho(.echoReply(identifier: identifier, sequence: sequence), data: rest, to: source, hardware)
    counters.echoesAnswered += 1
  }
}

/// Where a segment came from.
struct Sender {
  /// The Internet address.
  var address: IPv4Address
  /// The hardware address of the station that sent the frame.
  var hardware: MACAddress
}
