import Link
import LinuxLink
import TestKit
import Time
import Wire

/// A TCP peer worked by hand: it answers ARP, accepts one connection, acknowledges all text, and remembers what it saw.
struct HandPeer: ~Copyable {
  var tap: TestTAP
  /// Bytes of text received in order.
  private(set) var textCount = 0
  /// Bytes of the longest frame with text.
  private(set) var longestFrame = 0
  /// Segments whose checksum nobody vouched for.
  private(set) var unverifiedCount = 0
  /// Segments whose checksum field was complete and right.
  private(set) var rightChecksums = 0
  /// Segments received.
  private(set) var segmentCount = 0
  /// Bytes of our text that were acknowledged.
  private(set) var acknowledgedCount = 0

  private var station = MACAddress.broadcast
  private var port: UInt16 = 0
  private var next = SequenceNumber(0)
  private var sentCount: UInt32 = 0
  private let iss = SequenceNumber(1_000)

  init(_ tap: consuming TestTAP) {
    self.tap = tap
  }

  /// Answers frames until so much text has come and so much of ours is acknowledged.
  /// - Returns: false when frames stop coming before.
  mutating func run(untilText text: Int, acknowledged: Int = 0) -> Bool {
    while textCount < text || acknowledgedCount < acknowledged {
      guard let (bytes, checksum) = tap.nextFrame() else { return false }
      var rest = bytes.rawSpan
      guard let ethernet = try? EthernetHeader(parsing: &rest) else { continue }
      station = ethernet.source
      if ethernet.type == .arp, let request = try? ARPPacket(parsing: &rest) { answer(request) }
      guard ethernet.type == .ipv4, let ip = try? IPv4Header(parsing: &rest), ip.payloadProtocol == .tcp else {
        continue
      }
      note(rest, of: ip, frame: bytes.count, checksum)
      if let segment = try? TCPHeader(parsing: &rest) { take(segment, text: rest.byteCount) }
    }
    return true
  }

  /// Sends `count` zeros as one super-frame that the kernel is to cut, checksums included.
  mutating func sendSuperFrame(_ count: Int) -> Bool {
    let header = segment(.none, text: count)
    let text = [UInt8](repeating: 0, count: count)
    sentCount += UInt32(count)
    let half = text.rawSpan.extracting(first: count / 2)
    return tap.device.transmit(
      OutgoingFrame(
        header: header.rawSpan, text: half, text.rawSpan.extracting(droppingFirst: count / 2), RawSpan(), RawSpan(),
        offload: .segmentation(size: 1_460, start: 34, offset: 16)))
  }

  private mutating func note(_ bytes: RawSpan, of ip: IPv4Header, frame: Int, _ checksum: ReceivedChecksum) {
    segmentCount += 1
    longestFrame = max(longestFrame, frame)
    if checksum == .unverified { unverifiedCount += 1 }
    let pseudo = InternetChecksum(tcpFrom: ip.source, to: ip.destination, length: bytes.byteCount)
    if (pseudo + InternetChecksum(summing: bytes)).isValid { rightChecksums += 1 }
  }

  private mutating func take(_ segment: TCPHeader, text: Int) {
    if segment.control == .syn {
      port = segment.sourcePort
      next = segment.sequence + 1
      _ = tap.send(self.segment(.syn, text: 0))
      sentCount = 1
      return
    }
    if let acknowledgment = segment.acknowledgment {
      acknowledgedCount = max(acknowledgedCount, acknowledgment.distance(from: iss + 1))
    }
    guard text > 0, segment.sequence == next else { return }
    next += UInt32(text)
    textCount += text
    _ = tap.send(self.segment(.none, text: 0))
  }

  private mutating func answer(_ request: ARPPacket) {
    guard request.operation == .request, request.target == tap.own else { return }
    let reply = ARPPacket(
      operation: .reply, senderHardware: tap.device.properties.address, sender: tap.own,
      targetHardware: request.senderHardware, target: request.sender)
    let station = station
    let address = tap.device.properties.address
    _ = tap.send(
      [UInt8](count: 42) { bytes in
        EthernetHeader(destination: station, source: address, type: .arp).write(to: &bytes, at: 0)
        reply.write(to: &bytes, at: 14)
      })
  }

  /// The headers of a segment from port 80. Only the pseudo-header's part of the checksum is there; without text and
  /// offload the rest is filled in.
  private func segment(_ control: TCPControl, text: Int) -> [UInt8] {
    let handshake = TCPOptions.handshake(HandshakeOptions(maximumSegmentSize: 1_460))
    let tcp = TCPHeader(
      sourcePort: 80, destinationPort: port, sequence: iss + sentCount, acknowledgment: next, control: control,
      window: 65_535, options: control == .syn ? handshake : .none)
    let length = tcp.byteCount + text
    let ip = IPv4Header(
      totalLength: UInt16(20 + length), payloadProtocol: .tcp, source: tap.own, destination: tap.kernelAddress)
    let ethernet = EthernetHeader(destination: station, source: tap.device.properties.address, type: .ipv4)
    let pseudo = InternetChecksum(tcpFrom: ip.source, to: ip.destination, length: length)
    return [UInt8](count: 34 + tcp.byteCount) { bytes in
      ethernet.write(to: &bytes, at: 0)
      ip.write(to: &bytes, at: 14)
      tcp.write(to: &bytes, at: 34)
      let whole = pseudo + InternetChecksum(summing: bytes.bytes.extracting(droppingFirst: 34))
      bytes.store(text > 0 ? pseudo.folded : whole.field, at: 50)
    }
  }
}
