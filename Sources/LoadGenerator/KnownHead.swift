import Wire

/// The last head that was read, byte for byte. A server says the same again for a second, until its date changes, and the
/// same bytes mean the same.
struct KnownHead: ~Copyable {
  /// The most bytes that are remembered of a head; a longer one is read anew each time.
  private static let longest = 512

  private var bytes = ByteArena(byteCount: KnownHead.longest)
  private var head: ResponseHead?

  /// Reads the head at the front of `text`.
  @inline(__always)
  mutating func read(_ text: RawSpan) -> ResponseHead.Reading {
    if let head, text.byteCount >= head.byteCount,
      text.extracting(first: head.byteCount).elementsEqual(bytes.bytes(at: 0, count: head.byteCount))
    {
      return .head(head)
    }
    return readAnew(text)
  }

  @inline(never)
  private mutating func readAnew(_ text: RawSpan) -> ResponseHead.Reading {
    let reading = ResponseHead.read(text)
    if case .head(let new) = reading, new.byteCount <= KnownHead.longest {
      bytes.copy(text.extracting(first: new.byteCount), to: 0)
      head = new
    }
    return reading
  }
}
