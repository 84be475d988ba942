import Foundation
import Stack
import TCP
import Time
import Wire

/// A million connections between two hosts on a wire in memory, and what they cost while nobody says anything.
let wanted = CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 1_000_000 : 1_000_000

/// Resident memory of this process, in bytes.
func resident() -> Int {
  let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
  return (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1_024
}

/// Nanoseconds that something takes.
func nanoseconds(_ body: () -> Void) -> Double {
  let start = ContinuousClock.now
  body()
  let elapsed = (ContinuousClock.now - start).components
  return Double(elapsed.seconds) * 1e9 + Double(elapsed.attoseconds) / 1e9
}

/// A host that is one of the two.
func configuration(_ number: UInt64, _ addresses: HostAddresses, port: UInt16?) -> HostConfiguration {
  var configuration = HostConfiguration(
    hardware: MACAddress(0x0200_0000_0000 + number), addresses: addresses, port: port, mtu: 1_500,
    secret: SipHash(key0: number, key1: 7))
  configuration.mostConnections = wanted
  configuration.mostTimeWaits = 1
  configuration.mostReceiveBuffers = 16
  return configuration
}

var now = Instant(nanoseconds: 1_000_000_000)
let before = resident()
let place = IPv4Address(0x0A00_0001)
var server = Host(configuration(1, HostAddresses(place), port: 80), at: now)
let withServer = resident()
let places = HostAddresses(IPv4Address(0x0A01_0000), count: UInt16(wanted / 60_000 + 1))
var client = Host(configuration(2, places, port: nil), at: now)
let withClient = resident()

var accepted: [ConnectionID] = []
accepted.reserveCapacity(wanted)
let names = resident()

/// Carries frames until there are none.
@MainActor func carry() {
  var isMoving = true
  while isMoving {
    isMoving = false
    while client.nextFrame(at: now) != nil {
      if let arrival = server.receive(client.headerBytes, isVouchedFor: true, at: now), arrival.isNew {
        accepted.append(arrival.connection)
      }
      isMoving = true
    }
    while server.nextFrame(at: now) != nil {
      _ = client.receive(server.headerBytes, isVouchedFor: true, at: now)
      isMoving = true
    }
  }
}

let way = NextHop.hardware(server.configuration.hardware)
let opening = nanoseconds {
  while accepted.count < wanted {
    for _ in 0..<min(200, wanted - accepted.count) {
      _ = client.open(to: IPAddress(place), port: 80, by: way, at: now)
    }
    carry()
    now = now + .microseconds(200)
  }
}
let connected = resident()
precondition(server.connectionCount == wanted && client.connectionCount == wanted, "some are missing")

/// How long a tick of a millisecond takes, over so many; the longest as well.
@MainActor func ticks(_ count: Int) -> (mean: Double, longest: Double, events: Int) {
  var (sum, longest, events) = (0.0, 0.0, 0)
  for _ in 0..<count {
    now = now + .milliseconds(1)
    let time = nanoseconds { while server.nextExpired(at: now) != nil { events += 1 } }
    sum += time
    longest = max(longest, time)
  }
  return (sum / Double(count), longest, events)
}

let silent = ticks(10_000)
for id in accepted { server.setDeadline(now + .seconds(65), on: id) }
let waiting = ticks(60_000)
let expiring = ticks(6_000)

/// Bytes for each connection: the tables a host begins with, and half of what both hosts have grown by since.
let perConnection = Double(withServer - before + (connected - names) / 2) / Double(wanted)
func line(_ name: String, _ value: String) { print(name.padding(toLength: 44, withPad: " ", startingAt: 0) + value) }
line("connections", "\(wanted)")
line("bytes per connection, resident", String(format: "%.0f", perConnection))
line("the server's host in all", String(format: "%.0f MiB", perConnection * Double(wanted) / 1_048_576))
line("a connection's block", "\(MemoryLayout<Connection>.stride) bytes")
line("opened and accepted", String(format: "%.0f a second", Double(wanted) / opening * 1e9))
line("a tick, no deadline set", String(format: "%.0f ns, the longest %.0f ns", silent.mean, silent.longest))
line("a tick, a deadline set for each", String(format: "%.0f ns, the longest %.0f ns", waiting.mean, waiting.longest))
line("a deadline that comes", String(format: "%.0f ns", expiring.mean * 6_000 / Double(max(expiring.events, 1))))
precondition(expiring.events == wanted && silent.events + waiting.events == 0, "deadlines were missed")
