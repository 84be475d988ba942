import HTTP
import Pack
import Wire

/// Requests that were answered within the present second, byte for byte, and what was said.
///
/// An answer depends on nothing but the bytes of the request, the pack and the second: so the same bytes in the same second
/// get the same head, without being read again. A head is composed once and shared by all whose answer begins with it.
/// Clients that ask for the same again send the same bytes; others lose a hash and a comparison.
struct AnswerMemory: ~Copyable {
  /// What was said to a request.
  struct Answer {
    /// The response. The memory holds its head.
    var response: Response
    /// Where the parts of the request are in its bytes, for the log.
    var request: RequestHead
    /// The blocks that are asked for together with the body.
    var group: BlockRun?
  }

  /// What a place of the memory holds.
  struct Entry {
    var hash: UInt64
    var second: Int64
    var count: Int
    var answer: Answer

    /// Nothing: no text is so short.
    static let free = Entry(
      hash: 0, second: .min, count: -1,
      answer: Answer(response: Response(status: .ok, head: 0, keepsAlive: false), request: RequestHead()))

    var isFree: Bool { count < 0 }
  }

  /// Bytes of the longest request that is remembered.
  static let longest = 1_024
  private static let capacity = 256

  private var entries: Table<Entry>
  private var texts: ByteArena

  /// An empty memory. It holds at most an eighth of the heads.
  /// - Parameter heads: how many heads there are.
  init(heads: Int) {
    var count = 1
    while count < AnswerMemory.capacity, count * 2 <= heads / 8 { count *= 2 }
    entries = Table(repeating: .free, count: count)
    texts = ByteArena(byteCount: count * AnswerMemory.longest)
  }

  /// The most bytes that a memory takes.
  static var byteCount: Int { capacity * (MemoryLayout<Entry>.stride + longest) }

  /// Where what was said to these bytes in this second stands; nil when they were not seen.
  @inline(__always)
  func place(of text: RawSpan, second: Int64) -> Int? {
    guard text.byteCount <= AnswerMemory.longest else { return nil }
    let hash = AnswerMemory.hash(of: text)
    let place = place(of: hash)
    guard entries[place].hash == hash, entries[place].second == second,
      bytes(at: place, count: entries[place].count).elementsEqual(text)
    else { return nil }
    return place
  }

  /// The answer that stands at a place.
  subscript(place: Int) -> Answer {
    _read { yield entries[place].answer }
  }

  /// Remembers what was said to a request, whose head gets another holder.
  mutating func remember(_ answer: Answer, to text: RawSpan, second: Int64, in heads: inout HeadPool) {
    guard text.byteCount <= AnswerMemory.longest, heads.available > entries.count else { return }
    let hash = AnswerMemory.hash(of: text)
    let place = place(of: hash)
    if !entries[place].isFree { heads.release(entries[place].answer.response.head) }
    heads.retain(answer.response.head)
    texts.copy(text, to: place * AnswerMemory.longest)
    entries[place] = Entry(hash: hash, second: second, count: text.byteCount, answer: answer)
  }

  /// Forgets everything, and gives back the heads.
  mutating func forget(in heads: inout HeadPool) {
    for place in entries.indices {
      guard !entries[place].isFree else { continue }
      heads.release(entries[place].answer.response.head)
      entries[place] = .free
    }
  }

  private func place(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash >> 40) & (entries.count - 1) }

  @_lifetime(borrow self)
  private borrowing func bytes(at place: Int, count: Int) -> RawSpan {
    texts.bytes(at: place * AnswerMemory.longest, count: count)
  }

  /// Who sends requests that fall together only makes the server read them.
  @inline(__always)
  private static func hash(of text: RawSpan) -> UInt64 {
    let prime: UInt64 = 0x9E37_79B9_7F4A_7C15
    var hash = UInt64(truncatingIfNeeded: text.byteCount) &* prime
    var offset = 0
    while offset &+ 8 <= text.byteCount {
      hash = (hash ^ text.littleEndianUInt64(at: offset)) &* prime
      hash ^= hash >> 32
      offset &+= 8
    }
    if offset < text.byteCount {
      // The last eight bytes, some of which were there before: requests are longer.
      guard offset > 0 else { return hash }
      hash = (hash ^ text.littleEndianUInt64(at: text.byteCount &- 8)) &* prime
      hash ^= hash >> 32
    }
    return hash
  }
}
