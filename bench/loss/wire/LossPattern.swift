import Wire

/// Which frames vanish: drawn from the seed, the client's port, the place of a segment in its stream and how often it has
/// come. So two servers that are asked from the same port lose the same segments, and the same repairs of them, whatever
/// else they send and whenever they send it.
struct LossPattern {
  /// One direction of a connection.
  private struct Stream {
    /// ISS.
    let first: SequenceNumber
    /// Bytes of the first segment with text, which is a full one where there are several.
    var segment: UInt32 = 0
    /// How often each segment has come, by its place.
    var copies: [UInt32: UInt32] = [:]
  }

  private struct Key: Hashable {
    let server: IPv4Address
    let client: UInt16
  }

  private let seed: UInt64
  private let rate: UInt64
  private var streams: [Key: Stream] = [:]

  /// Acknowledgments without text have a place of their own, since servers send more or fewer of them.
  private static let bare = UInt32.max

  /// Takes `partsPerMillion` of all segments.
  init(seed: UInt64, partsPerMillion: UInt32) {
    self.seed = seed
    rate = UInt64(partsPerMillion)
  }

  /// Whether this frame from a server is lost. What is not TCP never is.
  mutating func takes(_ frame: RawSpan) -> Bool {
    var bytes = frame
    guard rate > 0, let link = try? EthernetHeader(parsing: &bytes), link.type == .ipv4,
      let packet = try? IPv4Header(parsing: &bytes), packet.payloadProtocol == .tcp,
      let header = try? TCPHeader(parsing: &bytes)
    else { return false }
    let key = Key(server: packet.source, client: header.destinationPort)
    if header.control == .syn, streams[key]?.first != header.sequence {
      streams[key] = Stream(first: header.sequence)
    }
    var stream = streams.removeValue(forKey: key) ?? Stream(first: header.sequence)
    let place = LossPattern.place(of: header, text: UInt32(bytes.byteCount), &stream)
    let copy = stream.copies[place, default: 0]
    stream.copies[place] = copy + 1
    streams[key] = stream
    return draw(port: header.destinationPort, place: place, copy: copy) < rate
  }

  /// The place of a segment in its stream: 0 is the SYN, 1 the first text.
  private static func place(of header: TCPHeader, text: UInt32, _ stream: inout Stream) -> UInt32 {
    guard text > 0 || header.control != .none else { return bare }
    guard header.control != .syn else { return 0 }
    if stream.segment == 0 { stream.segment = max(text, 1) }
    return 1 + (header.sequence.value &- stream.first.value &- 1) / stream.segment
  }

  /// A number below a million (SplitMix64's mixing function).
  private func draw(port: UInt16, place: UInt32, copy: UInt32) -> UInt64 {
    var mixed = seed
    for word in [UInt64(port), UInt64(place), UInt64(copy)] {
      mixed = (mixed ^ word) &+ 0x9E37_79B9_7F4A_7C15
      mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      mixed ^= mixed >> 31
    }
    return mixed.multipliedFullWidth(by: 1_000_000).high
  }
}
