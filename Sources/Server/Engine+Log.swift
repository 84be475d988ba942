import HTTP
import Stack
import Wire

/// The access log.
extension Engine {
  /// Writes the line of a response in the combined format; its size is that of the body.
  mutating func logLine(_ response: Response, _ request: RequestHead, _ text: RawSpan, of id: ConnectionID) {
    guard !log.isOff else { return }
    log.begin()
    log.append(host.peer(of: id).address)
    log.append(" - - ")
    log.appendDate()
    log.append(" \"")
    log.append(escaping: request.line.bytes(of: text))
    log.append("\" ")
    log.append(UInt64(response.status.rawValue))
    log.append(" ")
    log.append(response.body.remaining)
    field(request.referer, text)
    field(request.userAgent, text)
    log.end()
  }

  /// The line of a request that could not be read.
  mutating func logLine(_ status: Status, of id: ConnectionID) {
    guard !log.isOff else { return }
    log.begin()
    log.append(host.peer(of: id).address)
    log.append(" - - ")
    log.appendDate()
    log.append(" \"-\" ")
    log.append(UInt64(status.rawValue))
    log.append(" 0 \"-\" \"-\"")
    log.end()
  }

  private mutating func field(_ slice: FieldSlice, _ text: RawSpan) {
    log.append(" \"")
    if slice.isEmpty { log.append("-") } else { log.append(escaping: slice.bytes(of: text)) }
    log.append("\"")
  }
}
