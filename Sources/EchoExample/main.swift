import Glibc
import UserTCP

/// Sends back whatever comes (RFC 862).
///
/// It takes no more than it can send: a peer that does not read what comes back is soon not read either.
struct Echo: TCPApplication {
  mutating func received(_ text: RawSpan, on connection: TCPConnection, of service: inout TCPService) -> Int {
    service.send(text, on: connection)
  }
}

/// `EchoExample TAP ADDRESS`
func run() -> Int32 {
  let words = CommandLine.arguments
  guard words.count == 3 else {
    print("usage: EchoExample TAP ADDRESS, for example: EchoExample echo0 10.9.0.2")
    return 2
  }
  do {
    try TCPPlace.tap(words[1], address: words[2], port: 7).run(Echo()) {
      print("echo at \(words[2]), port 7, on \(words[1])")
    }
    return 0
  } catch {
    print(error)
    return 1
  }
}

exit(run())
