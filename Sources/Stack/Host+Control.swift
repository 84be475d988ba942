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
  mutating func send(
    _ message: ICMPMessage, data: RawSpan, from own: IPv4Address, to address: IPv4Address, _ hardware: MACAddress
  ) {
    let route = route(from: IPAddress(own), to: IPAddress(address), hardware)
    let start = route.headerByteCount
    let length = ICMPMessage.byteCount + data.byteCount
    guard start + length <= ControlFrames.longest, makeRoom() else { return }
    var place = control.append(length: start + length)
    route.writeHeaders(to: &place, for: .icmp, length: length)
    message.write(to: &place, at: start, followedBy: InternetChecksum(summing: data))
    place.copy(data, to: start + ICMPMessage.byteCount)
  }

  /// Queues an ICMP message of version 6 with what follows it; one that is too long for the ring is dropped.
  mutating func send(
    _ message: ICMPv6Message, data: RawSpan = RawSpan(), from own: IPv6Address, to address: IPv6Address,
    _ hardware: MACAddress, hopLimit: UInt8 = 64
  ) {
    let route = route(from: IPAddress(own), to: IPAddress(address), hardware)
    let start = route.headerByteCount
    let length = message.byteCount + data.byteCount
    guard start + length <= ControlFrames.longest, makeRoom() else { return }
    var place = control.append(length: start + length)
    route.writeHeaders(to: &place, for: .icmpv6, length: length, hopLimit: hopLimit)
    message.write(
      to: &place, at: start, followedBy: InternetChecksum(summing: data), count: data.byteCount, from: own,
      to: address)
    place.copy(data, to: start + message.byteCount)
  }

  /// Queues a segment without text, with a complete checksum.
  mutating func send(_ segment: OutgoingSegment, to key: FlowKey, _ hardware: MACAddress) {
    guard makeRoom() else { return }
    if segment.control == .rst { counters.resetsOut += 1 }
    counters.segmentsOut += 1
    let tcp = TCPHeader(segment, key)
    let route = route(of: key, hardware)
    let start = route.headerByteCount
    let length = tcp.byteCount
    let pseudo = InternetChecksum(tcpFrom: route.source, to: route.destination, length: length)
    var place = control.append(length: start + length)
    route.writeHeaders(to: &place, for: .tcp, length: length)
    tcp.write(to: &place, at: start)
    let sum = pseudo + InternetChecksum(summing: place.bytes.extracting(start..<(start + length)))
    place.store(sum.field, at: start + TCPHeader.checksumOffset)
  }

  /// The way of our segments on a flow.
  @inline(__always)
  func route(of key: FlowKey, _ hardware: MACAddress) -> PacketRoute {
    route(from: configuration.addresses.address(key.local, towards: key.peer), to: key.peer, hardware)
  }

  @inline(__always)
  private func route(from own: IPAddress, to address: IPAddress, _ hardware: MACAddress) -> PacketRoute {
    PacketRoute(source: own, destination: address, sender: configuration.hardware, receiver: hardware)
  }

  private mutating func makeRoom() -> Bool {
    if control.hasRoom { return true }
    counters.controlFramesDropped += 1
    return false
  }
}

extension TCPHeader {
  /// The header of a segment of a flow.
  init(_ segment: OutgoingSegment, _ key: FlowKey) {
    self.init(
      sourcePort: key.localPort, destinationPort: key.peerPort, sequence: segment.sequence,
      acknowledgment: segment.acknowledgment, control: segment.control, isPush: segment.isPush,
      congestion: segment.congestion, window: segment.window, options: segment.options)
  }
}
