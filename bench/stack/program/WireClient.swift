import Link
import Wire

/// A client that does no more than it must to keep a server busy over a wire that loses nothing: its cost is not counted,
/// but its frames are complete, checksums included.
struct WireClient: ~Copyable {
  /// How requests come.
  enum Style: String, CaseIterable {
    /// One after the other on connections that stay.
    case keepAlive = "keep-alive"
    /// Each on a connection of its own, which the server closes.
    case connection = "connection"
  }

  private struct Flow {
    var port: UInt16
    var next: UInt32 = 0
    var expected: UInt32 = 0
    var isOpen = false
    var hasAnswer = false
    var hasEnded = false
  }

  /// Answers that have come to their end.
  private(set) var answerCount: UInt64 = 0
  /// Connections that were closed by both sides.
  private(set) var closedCount: UInt64 = 0

  private let style: Style
  private let request: [UInt8]
  private var answerLength: Int?
  private var flows: [Flow]

  private static let hardware = MACAddress(0x02_00_00_00_00_01)
  private static let server = IPv4Address(0x0A09_0002)
  private static let network: UInt32 = 0x0A09_0100

  /// A client with so many connections at once.
  init(_ style: Style, flows count: Int, request: [UInt8]) {
    self.style = style
    self.request = request
    flows = (0..<count).map { number in Flow(port: UInt16(1_024 + number * 7)) }
  }

  /// Lays the first segment of every connection on the wire.
  mutating func open(on wire: inout MemoryWire) {
    for index in flows.indices { sendSYN(index, on: &wire) }
  }

  /// Takes what the server has sent, and lays what follows from it on the wire.
  mutating func answer(on wire: inout MemoryWire) {
    for number in 0..<wire.sentCount {
      let frame = wire.sent(number)
      guard frame.uint16(at: 12) == EtherType.ipv4.value else { continue }
      let index = Int(frame.uint32(at: 30) &- WireClient.network)
      // The last acknowledgment of a connection comes when its place has gone to the next.
      guard frame.uint16(at: 36) == flows[index].port else { continue }
      let header = Int(frame.byte(at: 46) >> 4) * 4
      take(
        index, sequence: frame.uint32(at: 38), flags: frame.byte(at: 47),
        textCount: wire.sentLength(number) - 34 - header)
    }
    wire.clearSent()
    for index in flows.indices { proceed(index, on: &wire) }
  }

  private mutating func take(_ index: Int, sequence: UInt32, flags: UInt8, textCount: Int) {
    precondition(flags & 4 == 0, "the server has reset a connection")
    let isSYN = flags & 2 != 0
    let isFIN = flags & 1 != 0
    if isSYN {
      flows[index].expected = sequence
      flows[index].isOpen = true
    }
    precondition(sequence == flows[index].expected, "the server has sent what was not next")
    flows[index].expected &+= UInt32(textCount + (isSYN || isFIN ? 1 : 0))
    if textCount > 0 {
      flows[index].hasAnswer = true
      precondition(textCount == answerLength ?? textCount, "an answer has another length than the one before")
      answerLength = textCount
    }
    if isFIN { flows[index].hasEnded = true }
  }

  private mutating func proceed(_ index: Int, on wire: inout MemoryWire) {
    switch (flows[index].isOpen, flows[index].hasAnswer, flows[index].hasEnded) {
    case (true, false, false):
      // The handshake is done: the last segment of it, and the request behind it.
      send(index, flags: 0x10, on: &wire)
      send(index, flags: 0x18, text: true, on: &wire)
      flows[index].isOpen = false
    case (_, true, false):
      answerCount &+= 1
      flows[index].hasAnswer = false
      send(index, flags: 0x18, text: true, on: &wire)
    case (_, true, true):
      answerCount &+= 1
      flows[index].hasAnswer = false
      send(index, flags: 0x11, on: &wire)
      flows[index].next &+= 1
      closedCount &+= 1
      flows[index] = Flow(port: flows[index].port == .max ? 1_024 : flows[index].port + 1)
      sendSYN(index, on: &wire)
    default: break
    }
  }

  private mutating func sendSYN(_ index: Int, on wire: inout MemoryWire) {
    // When a port comes again, its numbers are beyond those that the server may remember.
    flows[index].next = UInt32(truncatingIfNeeded: closedCount &* 4_096)
    send(index, flags: 0x02, on: &wire)
    flows[index].next &+= 1
  }

  private mutating func send(_ index: Int, flags: UInt8, text hasText: Bool = false, on wire: inout MemoryWire) {
    let flow = flows[index]
    let isSYN = flags & 2 != 0
    let header = 20 + (isSYN ? 4 : 0)
    let length = header + (hasText ? request.count : 0)
    let address = IPv4Address(WireClient.network &+ UInt32(index))
    let ip = IPv4Header(
      totalLength: UInt16(20 + length), payloadProtocol: .tcp, source: address, destination: WireClient.server)
    var place = wire.place(count: 34 + length)
    EthernetHeader(destination: wireAddress, source: WireClient.hardware, type: .ipv4).write(to: &place, at: 0)
    ip.write(to: &place, at: 14)
    place.store(flow.port, at: 34)
    place.store(80 as UInt16, at: 36)
    place.store(flow.next, at: 38)
    place.store(isSYN ? 0 : flow.expected, at: 42)
    place.store(UInt8(header << 2), at: 46)
    place.store(flags, at: 47)
    place.store(0xFFFF as UInt16, at: 48)
    place.store(0 as UInt32, at: 50)
    if isSYN { place.store(0x0204_05B4 as UInt32, at: 54) }
    if hasText {
      place.copy(unsafe request.span.bytes, to: 34 + header)
      flows[index].next &+= UInt32(request.count)
    }
    let pseudo = InternetChecksum(tcpFrom: address, to: WireClient.server, length: length)
    let sum = pseudo + InternetChecksum(summing: place.bytes.extracting(droppingFirst: 34))
    place.store(sum.field, at: 50)
  }

  private var wireAddress: MACAddress { MACAddress(0x02_00_00_00_00_09) }
}
