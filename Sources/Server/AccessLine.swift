import HTTP
import Pack
import Time
import Wire

/// What a line of the access log says.
struct AccessLine {
  /// What was known when the answer began.
  let note: AnswerNote
  /// Who asked.
  let client: (address: IPAddress, port: UInt16)
  /// Bytes of the body that have arrived.
  let byteCount: UInt64
  /// From the request to the last byte's acknowledgment.
  let duration: Interval
  /// Frames that were sent again meanwhile.
  let retransmissions: UInt32
  /// Whether all of the answer has arrived.
  let isComplete: Bool
}

extension AccessLog {
  /// Appends a line in the log's format.
  /// - Parameter text: the bytes that the note's slices are of.
  mutating func append(_ line: AccessLine, text: RawSpan) {
    begin()
    switch format {
    case .combined: combined(line, text)
    case .extended:
      combined(line, text)
      remainder(line, text)
    case .json: json(line, text)
    }
    end()
  }

  private mutating func combined(_ line: AccessLine, _ text: RawSpan) {
    append(line.client.address)
    append(" - - ")
    appendDate()
    append(" \"")
    quoted(line.note.line, text)
    append("\" ")
    append(UInt64(line.note.status.rawValue))
    append(" ")
    append(line.byteCount)
    append(" \"")
    quoted(line.note.referer, text)
    append("\" \"")
    quoted(line.note.userAgent, text)
    append("\"")
  }

  /// What stands behind the combined format.
  private mutating func remainder(_ line: AccessLine, _ text: RawSpan) {
    append(" \"")
    quoted(line.note.host, text)
    append("\" ")
    append(line.duration)
    append(line.isComplete ? " complete " : " aborted ")
    append(line.codingName)
    append(line.note.isTagMatched ? " match " : " - ")
    append(line.note.hasMissed ? "miss " : "hit ")
    append(UInt64(line.retransmissions))
  }

  private mutating func quoted(_ slice: FieldSlice, _ text: RawSpan) {
    if slice.isEmpty { append("-") } else { append(escaping: slice.bytes(of: text)) }
  }

  private mutating func json(_ line: AccessLine, _ text: RawSpan) {
    append("{\"time\":\"")
    appendTimestamp()
    append("\",\"client\":\"")
    append(line.client.address)
    append("\",\"port\":")
    append(UInt64(line.client.port))
    member(",\"host\":\"", line.note.host, text)
    member(",\"request\":\"", line.note.line, text)
    append(",\"status\":")
    append(UInt64(line.note.status.rawValue))
    append(",\"bytes\":")
    append(line.byteCount)
    append(",\"seconds\":")
    append(line.duration)
    append(line.isComplete ? ",\"complete\":true" : ",\"complete\":false")
    append(",\"coding\":\"")
    append(line.codingName)
    append(line.note.isTagMatched ? "\",\"tag_matched\":true" : "\",\"tag_matched\":false")
    append(line.note.hasMissed ? ",\"cache\":\"miss\"" : ",\"cache\":\"hit\"")
    append(",\"retransmissions\":")
    append(UInt64(line.retransmissions))
    member(",\"referer\":\"", line.note.referer, text)
    member(",\"user_agent\":\"", line.note.userAgent, text)
    append("}")
  }

  private mutating func member(_ name: StaticString, _ slice: FieldSlice, _ text: RawSpan) {
    append(name)
    append(escapingForJSON: slice.bytes(of: text))
    append("\"")
  }
}

extension AccessLine {
  /// The coding as Content-Encoding names it; `-` for what is no file.
  fileprivate var codingName: StaticString {
    switch note.coding {
    case .none: "-"
    case .identity: "identity"
    case .gzip: "gzip"
    case .brotli: "br"
    case .zstandard: "zstd"
    }
  }
}
