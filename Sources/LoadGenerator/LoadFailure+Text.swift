extension LoadFailure {
  /// A few words.
  package var name: String {
    switch self {
    case .refused: "refused"
    case .unreachable: "unreachable"
    case .connectionTimedOut: "connection timed out"
    case .reset: "reset"
    case .closedEarly: "closed early"
    case .answerTimedOut: "answer timed out"
    case .status: "bad status"
    case .malformed: "malformed answer"
    case .chunked: "chunked answer"
    case .lengthless: "answer without length"
    case .mismatch: "wrong body"
    }
  }
}
