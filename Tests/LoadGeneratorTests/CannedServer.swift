import Stack
import TCP
import TestKit
import Time
import Wire

/// A server that answers every request with the same bytes, or in the way it was told to fail.
struct CannedServer: ~Copyable {
  /// What it does with a connection.
  enum Behaviour {
    /// Answers, and keeps the connection.
    case keeps
    /// Answers, and closes its side.
    case closes
    /// Answers with so many bytes, and with the rest when they have arrived.
    case hesitates(Int)
    /// Answers half, and closes its side.
    case cutsOff
    /// Resets the connection.
    case resets
    /// Says nothing.
    case isSilent
  }

  var host: Host
  let answer: [UInt8]
  let behaviour: Behaviour
  /// Requests that have arrived.
  private(set) var requests: [String] = []
  private var rest: [Int: String] = [:]
  private var held: [Int: Int] = [:]

  init(_ answer: String, _ behaviour: Behaviour, port: UInt16) {
    var configuration = BenchConfiguration()
    (configuration.mostConnections, configuration.backlog, configuration.mostTimeWaits) = (64, 64, 64)
    var network = configuration.host
    network.port = port
    host = Host(network, at: .epoch)
    self.answer = Array(answer.utf8)
    self.behaviour = behaviour
  }

  /// Takes in a frame.
  mutating func receive(_ frame: [UInt8], at now: Instant) {
    guard let arrived = host.receive(frame.rawSpan, isVouchedFor: false, at: now) else { return }
    let id = arrived.connection
    if arrived.isNew { rest[id.index] = "" }
    while host.nextReleasedSource(of: id) != nil {}
    if arrived.arrival.acknowledgedCount > 0, let count = held.removeValue(forKey: id.index) {
      append(count..<answer.count, to: id)
    }
    if arrived.reading == .frame {
      let text = frame[arrived.arrival.text]
      host.consume(text.count, of: id)
      rest[id.index, default: ""] += String(decoding: text, as: UTF8.self)
      answerAll(id, at: now)
    }
    if arrived.arrival.isPeerFinished, host.isValid(id) { host.finish(id, at: now) }
    if arrived.arrival.ending != nil, host.isValid(id) { host.remove(id) }
  }

  private mutating func answerAll(_ id: ConnectionID, at now: Instant) {
    while host.isValid(id), let end = rest[id.index]?.firstRange(of: "\r\n\r\n") {
      requests.append(String(rest[id.index]?[..<end.lowerBound] ?? ""))
      rest[id.index]?.removeSubrange(..<end.upperBound)
      switch behaviour {
      case .keeps: append(0..<answer.count, to: id)
      case .hesitates(let count):
        append(0..<count, to: id)
        held[id.index] = count
      case .closes:
        append(0..<answer.count, to: id)
        host.finish(id, at: now)
      case .cutsOff:
        append(0..<(answer.count / 2), to: id)
        host.finish(id, at: now)
      case .resets:
        host.abort(id, at: now)
        host.remove(id)
      case .isSilent: break
      }
    }
  }

  private mutating func append(_ range: Range<Int>, to id: ConnectionID) {
    _ = host.append(
      TextRun(
        source: TextSource(0), offset: UInt32(range.lowerBound), stride: UInt32(answer.count),
        length: UInt64(range.count)), to: id)
  }

  /// Lets time pass.
  mutating func fire(at now: Instant) {
    while let event = host.nextExpired(at: now) {
      if case .ended(let id, _) = event { host.remove(id) }
    }
  }

  /// The next frame it sends.
  mutating func nextFrame(at now: Instant) -> [UInt8]? {
    guard let plan = host.nextFrame(at: now) else { return nil }
    var text: [UInt8] = []
    for index in 0..<plan.pieceCount {
      text += answer[plan[index].offset..<(plan[index].offset + plan[index].count)]
    }
    if plan.needsTextSum { host.finish(InternetChecksum(summing: text.rawSpan)) }
    return [UInt8](copying: host.headerBytes) + text
  }
}
