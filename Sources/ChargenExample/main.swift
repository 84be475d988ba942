import Glibc
import UserTCP

/// Sends lines of characters for as long as somebody reads them (RFC 864).
///
/// Each line has 72 of the 95 printable characters and begins one further than the line before.
struct CharacterGenerator: TCPApplication {
  private static let lineByteCount = 74
  /// All 95 different lines, one behind the other.
  private let page: [UInt8] = (0..<95).flatMap { first in
    (0..<72).map { UInt8(ascii: " ") + UInt8((first + $0) % 95) } + [13, 10]
  }
  /// How far into the page each connection is.
  private var positions: [TCPConnection: Int] = [:]

  mutating func opened(_ connection: TCPConnection, of service: inout TCPService) {
    positions[connection] = 0
    canSend(on: connection, of: &service)
  }

  mutating func canSend(on connection: TCPConnection, of service: inout TCPService) {
    while let position = positions[connection] {
      let sent = service.send(page, from: position, on: connection)
      guard sent > 0 else { return }
      positions[connection] = (position + sent) % page.count
    }
  }

  /// What comes is taken and thrown away.
  mutating func received(_ text: RawSpan, on connection: TCPConnection, of service: inout TCPService) -> Int {
    text.byteCount
  }

  mutating func peerFinished(_ connection: TCPConnection, of service: inout TCPService) {
    positions[connection] = nil
    service.finish(connection)
  }

  mutating func ended(_ connection: TCPConnection) {
    positions[connection] = nil
  }
}

/// `ChargenExample TAP ADDRESS`
func run() -> Int32 {
  let words = CommandLine.arguments
  guard words.count == 3 else {
    print("usage: ChargenExample TAP ADDRESS, for example: ChargenExample chargen0 10.9.0.2")
    return 2
  }
  do {
    try TCPPlace.tap(words[1], address: words[2], port: 19).run(CharacterGenerator()) {
      print("chargen at \(words[2]), port 19, on \(words[1])")
    }
    return 0
  } catch {
    print(error)
    return 1
  }
}

exit(run())
