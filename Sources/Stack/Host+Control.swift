import TCP
import Wire

/// Frames that are written at once and wait in the ring.
extension Host {
  /// Queues an ARP packet.
  mutating func sendARP(_ packet: ARPPacket, to destination: MACAddress) {
    guard makeRoom() else { return }
    let configuration = configuration
    var place = control.append(length: EthernetHeader.byteCount + ARPPacket.byteCount)
    EthernetHeader(destination: destination, source: configuration.hardware, type: .arp).write(to: &place, at: 0)
    packet.write(to: &place, at: EthernetHeader.byteCount)
  }

  /// Queues an ICMP message with what follows it; one that is too long for the ring is dropped.
  mutating func sendEcho(
    _ message: ICMPMessage, data: RawSpan, to address: IPv4Address, _ hardware: MACAddress, from local: IPv4Address
  ) {
    let start = EthernetHeader.byteCount + IPv4Header.byteCount
    let length = ICMPMessage.byteCount + data.byteCount
    guard start + length <= ControlFrames.longest, makeRoom() else { return }
    let ours = Sender(address: local, hardware: configuration.hardware)
    var place = control.append(length: start + length)
    writeInternetHeaders(to: &place, for: .icmp, length: length, address, hardware, from: ours)
    message.write(to: &place, at: start, followedBy: InternetChecksum(summing: data))
    place.copy(data, to: start + ICMPMessage.byteCount)
  }

  /// Queues a segment without text, with a complete checksum.
  mutating func send(_ segment: OutgoingSegment, to key: FlowKey, _ hardware: MACAddress) {
    guard makeRoom() else { return }
    if segment.control == .rst { counters.resetsOut += 1 }
    counters.segmentsOut += 1
    let tcp = TCPHeader(segment, key)
    let start = EthernetHeader.byteCount + IPv4Header.byteCount
    let length = tcp.byteCount
    let ours = sender(of: key)
    let pseudo = InternetChecksum(tcpFrom: ours.address, to: key.peer, length: length)
    var place = control.append(length: start + length)
    writeInternetHeaders(to: &place, for: .tcp, length: length, key.peer, hardware, from: ours)
    tcp.write(to: &place, at: start)
    let sum = pseudo + InternetChecksum(summing: place.bytes.extracting(start..<(start + length)))
    place.store(sum.field, at: start + TCPHeader.checksumOffset)
  }

  /// Who we are on a flow.
  func sender(of key: FlowKey) -> Sender {
    Sender(address: configuration.address(key.local), hardware: configuration.hardware)
  }

  private mutating func makeRoom() -> Bool {
    if control.hasRoom { return true }
    counters.controlFramesDropped += 1
    return false
  }
}

/// Writes Ethernet and Internet headers in front of a payload of `length` bytes.
func writeInternetHeaders(
  to bytes: inout MutableRawSpan, for payload: IPProtocol, length: Int, _ address: IPv4Address,
  _ hardware: MACAddress, from ours: Sender
) {
  EthernetHeader(destination: hardware, source: ours.hardware, type: .ipv4).write(to: &bytes, at: 0)
  let header = IPv4Header(
    totalLength: UInt16(IPv4Header.byteCount + length), payloadProtocol: payload, source: ours.address,
    destination: address)
  header.write(to: &bytes, at: EthernetHeader.byteCount)
}

extension TCPHeader {
  /// The header of a segment of a flow.
  init(_ segment: OutgoingSegment, _ key: FlowKey) {
    self.init(
      sourcePort: key.localPort, destinationPort: key.peerPort, sequence: segment.sequence,
      acknowledgment: segment.acknowledgment, control: segment.control, isPush: segment.isPush,
      window: segment.window, options: segment.options)
  }
}
