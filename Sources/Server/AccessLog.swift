import HTTP
import Wire

/// Lines for the access log that wait to be written: a ring of bytes that is filled here and emptied by whoever owns a file.
///
/// A line that does not fit is dropped and counted: serving never waits for a log.
package struct AccessLog: ~Copyable {
  private var arena: ByteArena
  private var date = ByteArena(byteCount: HTTPDate.logByteCount)
  private var timestamp = ByteArena(byteCount: HTTPDate.timestampByteCount)
  private var start = 0
  private var used = 0
  private var lineStart = 0
  private var lineLength = 0
  private var lineFits = true

  /// Bytes of lines there is room for; 0 when nobody wants a log.
  package let capacity: Int
  /// How a line is written.
  package let format: LogFormat
  /// Lines that found no room, here or while their answer was on its way.
  package private(set) var dropped: UInt64 = 0
  /// Lines written to the ring.
  package private(set) var lines: UInt64 = 0

  /// An empty log.
  package init(capacity: Int, format: LogFormat = .combined) {
    self.capacity = capacity
    self.format = format
    arena = ByteArena(untouched: max(capacity, 1))
  }

  /// Whether nobody wants lines.
  var isOff: Bool { capacity == 0 }

  /// Whether lines wait.
  package var isEmpty: Bool { used == 0 }

  /// The oldest bytes in one piece; to be followed by `consume`.
  @_lifetime(borrow self)
  package borrowing func waiting() -> RawSpan {
    arena.bytes(at: start, count: min(used, capacity - start))
  }

  /// So many of the oldest bytes are written.
  package mutating func consume(_ count: Int) {
    precondition(count <= used, "more than waits")
    start = (start + count) % max(capacity, 1)
    used -= count
  }

  /// Tells the second that the next lines are of.
  mutating func setDate(unixSeconds: Int64) {
    guard !isOff else { return }
    let now = CalendarDate(unixSeconds: unixSeconds)
    var time = timestamp.mutableBytes(at: 0, count: HTTPDate.timestampByteCount)
    HTTPDate.writeTimestamp(now, to: &time, at: 0)
    var bytes = date.mutableBytes(at: 0, count: HTTPDate.logByteCount)
    HTTPDate.writeLog(now, to: &bytes, at: 0)
  }

  /// Appends the present second.
  mutating func appendDate() {
    for offset in 0..<HTTPDate.logByteCount { append(date.bytes(at: offset, count: 1).byte(at: 0)) }
  }

  /// Appends the present second as JSON has it.
  mutating func appendTimestamp() {
    for offset in 0..<HTTPDate.timestampByteCount { append(timestamp.bytes(at: offset, count: 1).byte(at: 0)) }
  }

  /// A line is lost.
  mutating func drop() {
    dropped += 1
  }

  /// Begins a line.
  mutating func begin() {
    lineStart = (start + used) % max(capacity, 1)
    lineLength = 0
    lineFits = true
  }

  /// Ends a line: it is in the log whole, or not at all.
  mutating func end() {
    append(0x0A as UInt8)
    guard lineFits else {
      dropped += 1
      return
    }
    used += lineLength
    lines += 1
  }

  /// Appends a byte to the line.
  mutating func append(_ byte: UInt8) {
    guard used + lineLength < capacity else {
      lineFits = false
      return
    }
    var place = arena.mutableBytes(at: (lineStart + lineLength) % capacity, count: 1)
    place.store(byte, at: 0)
    lineLength += 1
  }
}
