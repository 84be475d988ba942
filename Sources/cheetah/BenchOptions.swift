import ArgumentParser
import LoadGenerator
import Wire

/// How to load a server.
struct BenchOptions: ParsableArguments {
  @Option(name: [.short, .long], help: "How many connections there are at once.")
  var connections = 32

  @Option(name: [.customShort("n"), .long], help: "Stop after so many requests.")
  var requests: UInt64?

  @Option(name: [.short, .long], help: "Stop after so many seconds.")
  var duration = 10.0

  @Option(name: [.short, .long], help: "Requests per second; without it as many as the server answers.")
  var rate: Double?

  @Flag(help: "A connection for each request.")
  var close = false

  @Option(help: "Requests on their way on a connection at once, 1 to 4.")
  var pipeline = 1

  @Option(help: "A file with a path on each line, the most popular first.")
  var paths: String?

  @Option(help: "The exponent of Zipf's law, by which paths are drawn; 0 draws all alike.")
  var zipf = 0.0

  @Option(help: "Ask for what this access log in the combined format has recorded, in its order, over and over.")
  var log: String?

  @Option(help: "Compare every body with the file of this directory that its path names.")
  var against: String?

  @Option(help: "Seconds that an answer may take.")
  var timeout = 5.0

  @Option(help: "What the drawing of paths depends on; by default chance.")
  var seed: UInt64?

  @Option(help: "The receive window of a connection.")
  var receiveCapacity = ByteSize(bytes: 256 << 10)

  @Option(help: "A router by which the server is reached.")
  var gateway: IPAddress?

  @Option(help: "The hardware address, aa:bb:cc:dd:ee:ff; by default one derived from the interface's name.")
  var mac: MACAddress?

  @Flag(help: "Report in JSON.")
  var json = false

  @Flag(help: "No line while it runs.")
  var quiet = false

  func validate() throws {
    guard 1...100_000 ~= connections else { throw ValidationError("--connections must be between 1 and 100000") }
    guard requests != 0 else { throw ValidationError("--requests must be 1 at least") }
    guard duration > 0, duration <= 86_400 else {
      throw ValidationError("--duration must be between 0 and 86400 seconds")
    }
    guard timeout > 0, timeout <= 3_600 else { throw ValidationError("--timeout must be between 0 and 3600 seconds") }
    if let rate, !(rate > 0 && rate <= 1e8) { throw ValidationError("--rate must be between 0 and 100000000 a second") }
    guard 1...ConnectionReuse.deepest ~= pipeline else { throw ValidationError("--pipeline must be between 1 and 4") }
    guard !close || pipeline == 1 else { throw ValidationError("--close leaves nothing to --pipeline") }
    guard log == nil || paths == nil else { throw ValidationError("--log and --paths exclude each other") }
    guard 0...10 ~= zipf else { throw ValidationError("--zipf must be between 0 and 10") }
    guard 4_096...(1 << 24) ~= receiveCapacity.bytes else {
      throw ValidationError("--receive-capacity must be between 4K and 16M")
    }
  }
}
