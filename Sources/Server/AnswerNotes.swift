import HTTP
import Pack
import Stack
import Time
import Wire

/// Which note of the notes.
struct NoteNumber: Hashable {
  /// Its place.
  var place: UInt32
}

/// What the access log is to say of an answer, known when it begins. The rest is known when its last byte has arrived.
struct AnswerNote {
  /// What it says.
  var status: Status
  /// How its content is coded; nil where it is no file's.
  var coding: Representation.Coding?
  /// Whether the client has what it asked for by its tag.
  var isTagMatched = false
  /// When the request was first looked at.
  var askedAt: Instant
  /// Frames of the connection that had been sent again before.
  var retransmissions: UInt32
  /// Whether it had to wait for the disk.
  var hasMissed = false
  /// Where its body begins, and where it ends, in the text of the connection; no end before all of it is appended.
  var body: (start: UInt64, end: UInt64?)
  /// Where the parts of the request are in the note's bytes.
  var line = FieldSlice.none
  /// The host that was asked for.
  var host = FieldSlice.none
  /// The Referer field.
  var referer = FieldSlice.none
  /// The User-Agent field.
  var userAgent = FieldSlice.none
  /// The next of the same connection.
  var next: NoteNumber?
}

/// The notes of all answers that are on their way, in the order of each connection. Without a log there are none.
struct AnswerNotes: ~Copyable {
  /// Bytes of a request that a note keeps. What is longer is cut: the request line first of all at its end.
  static let textSize = 2_048

  private var notes: [AnswerNote] = []
  private var texts: ByteArena
  private var free: [NoteNumber] = []
  private let capacity: Int

  /// Room for so many notes.
  init(capacity: Int) {
    self.capacity = capacity
    texts = ByteArena(untouched: max(capacity, 1) * AnswerNotes.textSize)
  }

  /// Bytes that so many notes take.
  static func byteCount(capacity: Int) -> Int { capacity * (MemoryLayout<AnswerNote>.stride + textSize) }

  /// Keeps a note, with the parts of a request out of its bytes.
  /// - Returns: nil where there is no room.
  mutating func insert(_ note: AnswerNote, _ request: RequestHead, _ text: RawSpan) -> NoteNumber? {
    guard let number = free.popLast() ?? nextUnused() else { return nil }
    var note = note
    var used = 0
    note.userAgent = keep(request.userAgent.bytes(of: text), at: number, &used, most: 512)
    note.host = keep(request.host.bytes(of: text), at: number, &used, most: 256)
    note.referer = keep(request.referer.bytes(of: text), at: number, &used, most: 512)
    note.line = keep(request.line.bytes(of: text), at: number, &used, most: AnswerNotes.textSize)
    if Int(number.place) == notes.count { notes.append(note) } else { notes[Int(number.place)] = note }
    return number
  }

  private func nextUnused() -> NoteNumber? { notes.count < capacity ? NoteNumber(place: UInt32(notes.count)) : nil }

  private mutating func keep(_ part: RawSpan, at number: NoteNumber, _ used: inout Int, most: Int) -> FieldSlice {
    let count = min(part.byteCount, most, AnswerNotes.textSize - used)
    texts.copy(part.extracting(first: count), to: Int(number.place) * AnswerNotes.textSize + used)
    defer { used += count }
    return FieldSlice(offset: used, count: count)
  }

  /// A note.
  subscript(number: NoteNumber) -> AnswerNote {
    get { notes[Int(number.place)] }
    _modify { yield &notes[Int(number.place)] }
  }

  /// The bytes that its slices are of.
  @_lifetime(borrow self)
  borrowing func text(of number: NoteNumber) -> RawSpan {
    texts.bytes(at: Int(number.place) * AnswerNotes.textSize, count: AnswerNotes.textSize)
  }

  /// Gives a note up.
  mutating func remove(_ number: NoteNumber) {
    free.append(number)
  }
}
