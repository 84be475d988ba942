import Stack
import TCP
import Time

/// A line of a packet script: when, on which flow, and what.
struct ScriptLine {
  /// The line as it was written.
  let text: String
  /// How long after the line before.
  let delay: Interval
  /// The peer's port.
  let port: UInt16
  /// What is to be done or expected.
  let action: Action

  enum Action {
    /// The peer sends.
    case inject(ScriptSegment)
    /// The host sends.
    case expect(ScriptSegment)
    /// The host sends nothing until then.
    case expectNothing
    /// The application appends text.
    case write(Int, more: Bool)
    /// The application opens a connection.
    case connect
    /// The application closes a connection that is still being opened.
    case giveUp
    /// The application closes.
    case close
    /// The application aborts.
    case abort
    /// From now on, the application reads only when told to.
    case stopReading
    /// The application reads so much, or everything from now on.
    case read(Int?)
    /// Something happened to the connection, and nothing else before.
    case event(BenchFlow.Event)
    /// A value of the connection or the host.
    case check(name: String, value: String)
  }

  /// Reads a line; nil where there is nothing but a remark.
  init?(parsing line: Substring) throws(TestFailure) {
    let code = line.prefix { $0 != "#" }.drop { $0.isWhitespace }
    guard !code.isEmpty else { return nil }
    var words = code.split(separator: " ")[...]
    guard let time = words.popFirst(), time.hasPrefix("+"), let seconds = Double("0" + time.dropFirst()) else {
      throw TestFailure("a line begins with a time: \(line)")
    }
    var port = Station.peerPort
    if words.first == "port" {
      guard words.count > 1, let number = UInt16(words[words.startIndex + 1]) else { throw TestFailure("\(line)") }
      port = number
      words = words.dropFirst(2)
    }
    self.text = String(code)
    self.delay = Interval(nanoseconds: UInt64(seconds * 1e9 + 0.5))
    self.port = port
    self.action = try ScriptLine.action(words)
  }

  private static func action(_ words: ArraySlice<Substring>) throws(TestFailure) -> Action {
    let rest = words.dropFirst().joined(separator: " ")
    switch words.first {
    case "<": return .inject(try ScriptSegment(parsing: rest[...]))
    case ">": return .expect(try ScriptSegment(parsing: rest[...]))
    case "write":
      guard let count = words.dropFirst().first.flatMap({ Int($0) }) else { throw TestFailure("write what?") }
      return .write(count, more: words.last == "more")
    case "read": return .read(Int(rest))
    default: break
    }
    switch words.joined(separator: " ") {
    case "expect nothing": return .expectNothing
    case "connect": return .connect
    case "give up": return .giveUp
    case "close": return .close
    case "abort": return .abort
    case "stop reading": return .stopReading
    case "opened": return .event(.opened)
    case "peer closed": return .event(.peerFinished)
    case "closed": return .event(.ended(.closed))
    case "reset": return .event(.ended(.reset))
    case "timed out": return .event(.ended(.timedOut))
    case "refused": return .event(.ended(.refused))
    case "unreachable": return .event(.ended(.unreachable))
    case "time-wait": return .event(.ended(.timeWait))
    default: break
    }
    guard words.count > 1, let name = words.first else { throw TestFailure("no such action: \(rest)") }
    return .check(name: String(name), value: rest)
  }
}
