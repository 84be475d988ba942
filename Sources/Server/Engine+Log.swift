import HTTP
import Pack
import Stack
import Time
import Wire

/// The access log: a line for each answer, when its last byte has arrived or its connection is gone.
extension Engine {
  /// Notes an answer whose head is about to be appended.
  mutating func note(
    _ response: Response, to request: RequestHead, _ text: RawSpan, of id: ConnectionID, at now: Instant
  ) {
    guard !log.isOff else { return }
    var note = newNote(response.status, head: response.head, of: id, at: now)
    note.coding = response.coding
    note.isTagMatched = response.status == .notModified && !request.ifNoneMatch.isEmpty
    keep(note, request, text, of: id)
  }

  /// Notes the answer to what could not be read.
  /// - Parameter text: what could not, or as much of it as has arrived.
  mutating func note(_ response: Response, toRefused text: RawSpan, of id: ConnectionID, at now: Instant) {
    guard !log.isOff else { return }
    var note = newNote(response.status, head: response.head, of: id, at: now)
    note.coding = response.coding
    keep(note, RequestHead(refused: text), text, of: id)
  }

  private func newNote(_ status: Status, head place: Int, of id: ConnectionID, at now: Instant) -> AnswerNote {
    let start = sessions[id].acknowledged + host.queuedCount(of: id) + UInt64(heads.headCount(of: place))
    return AnswerNote(
      status: status, askedAt: min(sessions[id].waitingSince, now), retransmissions: host.retransmissions(of: id),
      hasMissed: sessions[id].hasMissed, body: (start, nil))
  }

  private mutating func keep(_ note: AnswerNote, _ request: RequestHead, _ text: RawSpan, of id: ConnectionID) {
    guard let number = notes.insert(note, request, text) else { return log.drop() }
    if let last = sessions[id].notes?.last { notes[last].next = number }
    sessions[id].notes = (sessions[id].notes?.first ?? number, number)
  }

  /// All of the last answer is appended.
  mutating func endNote(of id: ConnectionID) {
    guard let last = sessions[id].notes?.last, notes[last].body.end == nil else { return }
    notes[last].body.end = sessions[id].acknowledged + host.queuedCount(of: id)
    notes[last].hasMissed = notes[last].hasMissed || sessions[id].hasMissed
    sessions[id].hasMissed = false
  }

  /// So many more bytes of a connection's text have arrived.
  mutating func noteArrived(_ count: UInt64, of id: ConnectionID, at now: Instant) {
    sessions[id].acknowledged += count
    writeLines(of: id, at: now)
  }

  /// Writes the lines of the answers that have arrived.
  mutating func writeLines(of id: ConnectionID, at now: Instant) {
    while let (first, last) = sessions[id].notes, let end = notes[first].body.end, end <= sessions[id].acknowledged {
      writeLine(of: first, on: id, isComplete: true, at: now)
      sessions[id].notes = first == last ? nil : notes[first].next.map { ($0, last) }
      notes.remove(first)
    }
  }

  /// The connection is gone, and so is what was on its way.
  mutating func writeLastLines(of id: ConnectionID, at now: Instant) {
    guard sessions[id].notes != nil else { return }
    writeLines(of: id, at: now)
    var next = sessions[id].notes?.first
    while let number = next {
      writeLine(of: number, on: id, isComplete: false, at: now)
      next = notes[number].next
      notes.remove(number)
    }
    sessions[id].notes = nil
  }

  private mutating func writeLine(of number: NoteNumber, on id: ConnectionID, isComplete: Bool, at now: Instant) {
    let note = notes[number]
    let arrived = min(sessions[id].acknowledged, note.body.end ?? .max)
    let line = AccessLine(
      note: note, client: host.peer(of: id), byteCount: arrived > note.body.start ? arrived - note.body.start : 0,
      duration: now.since(note.askedAt), retransmissions: host.retransmissions(of: id) &- note.retransmissions,
      isComplete: isComplete)
    append(line, of: number, in: notes, to: &log)
  }
}

/// Appends a line whose text stands in a note.
private func append(
  _ line: AccessLine, of number: NoteNumber, in notes: borrowing AnswerNotes, to log: inout AccessLog
) {
  log.append(line, text: notes.text(of: number))
}
