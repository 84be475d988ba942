import Stack
import TCP
import Time
import Wire

/// A host at work: frames that a stranger, or a peer who knows all numbers, makes up, time that passes, and an application.
/// Whatever comes, the host stops sending at some time, sends nothing too long, and keeps its variables in order.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  guard let start = unsafe start, count > 0 else { return 0 }
  let bytes = unsafe RawSpan(_unsafeStart: UnsafeRawPointer(start), byteCount: count)
  var stage = Stage(Story(bytes))
  while stage.step() {}
  return 0
}

/// A host, a peer that knows its numbers, and the story that is read.
private struct Stage: ~Copyable, ~Escapable {
  private var story: Story
  private var host: Host
  private var now = Instant(nanoseconds: 1_000_000_000)
  private var connection: ConnectionID?
  /// What the peer has last seen of the host, and is seen of the peer.
  private var hostNext = SequenceNumber(0)
  private var peerNext = SequenceNumber(0xFFFF_FFF0)
  private var frame = ByteArena(byteCount: 4_096)
  private static let peer = Sender(address: IPv4Address(0x0A00_0002), hardware: MACAddress(0x0200_0000_0002))
  private static let own6 = IPv6Address(high: 0xFD09 << 48, low: 1)
  private static let peer6 = IPv6Address(high: 0xFD09 << 48, low: 2)
  private struct Sender { var address: IPv4Address, hardware: MACAddress }

  @_lifetime(copy start)
  init(_ start: consuming Story) {
    story = start
    var configuration = HostConfiguration(
      hardware: MACAddress(0x0200_0000_0001), addresses: HostAddresses(IPv4Address(0x0A00_0001), Stage.own6), port: 80,
      mtu: 1_500,
      secret: SipHash(key0: 1, key1: 2))
    configuration.mostConnections = 2
    configuration.backlog = story.bytes.byteCount & 1
    configuration.mostTimeWaits = 2
    configuration.mostReceiveBuffers = 1
    configuration.mostSentRanges = 8
    configuration.mostOpenings = 1
    configuration.mostOrphans = 1
    configuration.hasECN = true
    configuration.keepAlive =
      story.bytes.byteCount & 2 == 0 ? nil : KeepAlive(idleSeconds: 1, pauseSeconds: 1, mostProbes: 2)
    host = Host(configuration, at: now)
  }

  /// Reads and does one thing; false at the end.
  mutating func step() -> Bool {
    guard !story.isOver else { return false }
    switch story.next() & 15 {
    case 0: raw()
    case 1...8: segment()
    case 9: message()
    case 10: packet6()
    case 11: pass(.milliseconds(UInt64(story.next16())))
    case 12: append()
    case 13: if let connection { host.finish(connection, at: now) }
    case 14: abort()
    default: open()
    }
    transmit()
    check()
    return true
  }

  /// A frame of bytes as they are.
  private mutating func raw() {
    let bytes = story.take(Int(story.next()))
    let isVouchedFor = story.next() & 1 == 0
    let arrival = host.receive(bytes, isVouchedFor: isVouchedFor, at: now)
    take(arrival)
  }

  /// A segment with the numbers of the connection, or others near them.
  private mutating func segment() {
    let flags = story.next()
    let near = story.next()
    let sequence = peerNext + UInt32(truncatingIfNeeded: Int(Int16(bitPattern: near & 1 == 0 ? 0 : story.next16())))
    let acknowledgment =
      hostNext + UInt32(truncatingIfNeeded: Int(Int16(bitPattern: near & 2 == 0 ? 0 : story.next16())))
    let window = story.next16()
    let optionCount = near & 4 == 0 ? 0 : min(Int(story.next() & 0x2C), 40)
    let textCount = near & 8 == 0 ? 0 : Int(story.next16() & 0x7FF)
    let length = 20 + optionCount + textCount
    let options = story.take(optionCount)
    var place = frame.mutableBytes(at: 0, count: 34 + length)
    Stage.headers(to: &place, .tcp, length, marked: near & 64 == 0 ? .notCapable : .experienced)
    place.store(near & 16 == 0 ? 40_000 : 40_001 as UInt16, at: 34)
    place.store(near & 32 == 0 ? 80 : 1_024 as UInt16, at: 36)
    place.store(sequence.value, at: 38)
    place.store(acknowledgment.value, at: 42)
    place.store(UInt8((20 + optionCount) / 4) << 4, at: 46)
    place.store(flags, at: 47)
    place.store(window, at: 48)
    place.store(0 as UInt32, at: 50)
    place.copy(options, to: 54)
    if near & 1 == 0 { peerNext = sequence + UInt32(textCount) + (flags & 3 == 0 ? 0 : 1) }
    deliver(34 + length)
  }

  /// A control message about a segment of the connection.
  private mutating func message() {
    let (code, mtu) = (story.next() & 7, story.next16())
    let number = hostNext - UInt32(code)
    var place = frame.mutableBytes(at: 0, count: 70)
    Stage.headers(to: &place, .icmp, 36)
    ICMPMessage.unreachable(.needsFragmentation(mtu: mtu)).write(to: &place, at: 34, followedBy: .zero)
    let back = IPv4Header(
      totalLength: 1_500, payloadProtocol: .tcp, source: IPv4Address(0x0A00_0001), destination: Stage.peer.address)
    back.write(to: &place, at: 42)
    place.store(80 as UInt16, at: 62)
    place.store(40_000 as UInt16, at: 64)
    place.store(number.value, at: 66)
    place.store(code == 0 ? 4 : code, at: 35)
    place.store(0 as UInt16, at: 36)
    let sum = InternetChecksum(summing: place.bytes.extracting(34..<70))
    place.store(sum.field, at: 36)
    deliver(70)
  }

  /// A packet of version 6 with whatever extension headers and payload; the checksum of a control message is put right.
  private mutating func packet6() {
    let kind = story.next()
    let bytes = story.take(Int(story.next()))
    let count = bytes.byteCount
    let payloads: [6 of IPProtocol] = [.icmpv6, .tcp, .ipv6HopByHop, .ipv6Destination, .ipv6Fragment, .ipv6Route]
    let payload = payloads[Int(kind >> 2) % 6]
    let isForAll = kind & 1 == 1
    let destination = isForAll ? Stage.own6.solicitedNode : Stage.own6
    let header = IPv6Header(
      payloadLength: UInt16(count), hopLimit: kind & 2 == 0 ? NeighborMessage.hopLimit : 64, payloadProtocol: payload,
      source: Stage.peer6, destination: destination)
    var place = frame.mutableBytes(at: 0, count: 54 + count)
    let station = isForAll ? destination.groupHardware : MACAddress(0x0200_0000_0001)
    EthernetHeader(destination: station, source: Stage.peer.hardware, type: .ipv6).write(to: &place, at: 0)
    header.write(to: &place, at: 14)
    place.copy(bytes, to: 54)
    if payload == .icmpv6, count >= 4 {
      place.store(0 as UInt16, at: 56)
      let pseudo = InternetChecksum(.icmpv6, from: Stage.peer6, to: destination, length: count)
      let sum = pseudo + InternetChecksum(summing: place.bytes.extracting(54..<(54 + count)))
      place.store(sum.field, at: 56)
    }
    deliver(54 + count)
  }

  private static func headers(
    to place: inout MutableRawSpan, _ payload: IPProtocol, _ length: Int, marked mark: CongestionMark = .notCapable
  ) {
    EthernetHeader(destination: MACAddress(0x0200_0000_0001), source: peer.hardware, type: .ipv4).write(
      to: &place, at: 0)
    let header = IPv4Header(
      totalLength: UInt16(20 + length), payloadProtocol: payload, source: peer.address,
      destination: IPv4Address(0x0A00_0001), congestion: mark)
    header.write(to: &place, at: 14)
  }

  private mutating func deliver(_ count: Int) {
    var bytes = [UInt8](repeating: 0, count: count)
    for offset in 0..<count { bytes[offset] = frame.bytes(at: offset, count: 1).byte(at: 0) }
    let arrival = unsafe host.receive(bytes.span.bytes, isVouchedFor: true, at: now)
    take(arrival)
  }

  /// Does with an arrival what an application does.
  private mutating func take(_ arrival: HostArrival?) {
    guard let arrival else { return }
    let id = arrival.connection
    if arrival.isNew { connection = id }
    while host.nextReleasedSource(of: id) != nil {}
    if arrival.reading == .frame {
      let count = host.unreadCount(of: id)
      precondition(arrival.arrival.text.count >= 0 && count >= 0, "less than nothing to read")
      if count == arrival.arrival.text.count, count & 3 != 0 {
        host.consume(count, of: id)
      } else {
        host.abort(id, at: now)
      }
    } else if arrival.reading == .buffer, host.hasBufferedText(id) {
      let half = host.unreadCount(of: id) / 2
      host.consume(half, of: id)
    }
    if arrival.arrival.ending != nil || host.connection(id).hasEnded { forget(id) }
  }

  private mutating func forget(_ id: ConnectionID) {
    guard host.isValid(id), !isOpening(id) else { return }
    host.abandonText(of: id)
    while host.nextReleasedSource(of: id) != nil {}
    host.remove(id)
    if connection == id { connection = nil }
  }

  private func isOpening(_ id: ConnectionID) -> Bool { host.openingCount > 0 && host.connection(id).hasEnded }

  private mutating func append() {
    guard let connection else { return }
    let run = TextRun(
      source: TextSource(UInt32(story.next())), offset: 0, stride: 64_240, length: UInt64(story.next16()))
    _ = host.append(run, to: connection)
    host.expectMoreText(story.next() & 1 == 1, on: connection)
  }

  private mutating func abort() {
    guard let connection else { return }
    host.abort(connection, at: now)
    host.abandonText(of: connection)
    while host.nextReleasedSource(of: connection) != nil {}
    host.remove(connection)
    self.connection = nil
  }

  private mutating func open() {
    guard connection == nil else { return }
    let way = story.next() & 1 == 0 ? NextHop.direct : .hardware(Stage.peer.hardware)
    connection = host.open(to: IPAddress(Stage.peer.address), port: 40_000, by: way, from: 1_024, at: now)
  }

  private mutating func pass(_ interval: Interval) {
    now = now + interval
    while let event = host.nextExpired(at: now) {
      switch event {
      case .ended(let id, _):
        host.abandonText(of: id)
        while host.nextReleasedSource(of: id) != nil {}
        host.remove(id)
        if connection == id { connection = nil }
      case .deadline: break
      }
    }
  }

  private mutating func transmit() {
    var count = 0
    while let plan = host.nextFrame(at: now) {
      count += 1
      precondition(count < 2_000, "the host does not stop sending")
      precondition(plan.headerCount + plan.textCount <= 1_514, "too long a frame")
      let header = host.headerBytes
      guard header.byteCount >= 54, header.byte(at: 23) == 6 else { continue }
      let control: UInt32 = header.byte(at: 47) & 3 == 0 ? 0 : 1
      hostNext = SequenceNumber(header.uint32(at: 38)) + UInt32(plan.textCount) + control
    }
  }

  private func check() {
    guard let connection, host.isValid(connection) else { return }
    let block = host.connection(connection)
    guard !block.hasEnded else { return }
    precondition(block.snd.una <= block.snd.nxt && block.snd.nxt <= block.snd.max, "SND is out of order")
    precondition(block.rcv.read <= block.rcv.nxt && block.rcv.nxt <= block.rcv.edge, "RCV is out of order")
    precondition(block.congestion.window >= UInt32(block.snd.mss), "a window below a segment")
    precondition(block.obligation != .due, "an acknowledgment that is due was not sent")
  }
}
