import Cache
import HTTP
import Pack
import Stack
import Time
import Wire

/// Saying again what was said to the same request a moment ago.
extension Engine {
  /// Answers text that is, byte for byte, a request that was answered in this second.
  /// - Returns: whether it was.
  @inline(__always)
  mutating func answerAgain(_ text: RawSpan, of id: ConnectionID, at now: Instant) -> Bool {
    guard !isDraining, !isLastRequest(of: id), let place = answers.place(of: text, second: dates.unixSeconds)
    else { return false }
    let response = answers[place].response
    let body = response.body
    guard body.remaining == 0 || cache.isResident(body.block, from: body.offset) else { return false }
    heads.retain(response.head)
    sessions[id].group = answers[place].group
    count(response.status)
    if !log.isOff { note(response, to: answers[place].request, text, of: id, at: now) }
    begin(response, of: id, at: now)
    return true
  }

  /// Remembers a response that is about to be sent, when all of the text was its request.
  mutating func remember(_ response: Response, to request: RequestHead, _ text: RawSpan, of id: ConnectionID) {
    guard !isDraining, !isLastRequest(of: id), request.byteCount == text.byteCount, !request.hasBody,
      response.parts == nil
    else { return }
    let answer = AnswerMemory.Answer(response: response, request: request, group: sessions[id].group)
    answers.remember(answer, to: text, second: dates.unixSeconds, in: &heads)
  }

  /// Whether the next request of a connection is the last that it may carry.
  func isLastRequest(of id: ConnectionID) -> Bool { sessions[id].requestCount &+ 1 >= configuration.mostRequests }
}
