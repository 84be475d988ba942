import ArgumentParser
import LinuxLink
import Server
import Stack
import TCP
import Wire

/// Where and how to serve: what `serve` and `demo` have in common.
struct ServeOptions: ParsableArguments {
  @Option(help: "The port, from 1 to 65535.")
  var port: UInt16 = 80

  @Option(help: "The hardware address, aa:bb:cc:dd:ee:ff; by default one derived from the interface's name.")
  var mac: MACAddress?

  @Option(
    help: "Memory for blocks of the pack, such as 64M or 2G. All else takes 5M at rest and up to 60M when it is busy.")
  var cache = ByteSize(bytes: 64 << 20)

  @Option(help: "Workers, each with a queue of the device and a processor of its own.")
  var workers = 1

  @Option(
    help:
      "Memory for connections and all that they need, such as 32M: there are as many as fit, and others are refused.")
  var memory: ByteSize?

  @Option(help: "The most connections at once; by default 16384, or as many as fit into --memory.")
  var maxConnections: Int?

  @Option(help: "The most connections of one address at once; by default no fewer than of all.")
  var maxConnectionsPerAddress: Int?

  @Option(help: "Append an access log to this file; - is the standard output.")
  var accessLog: String?

  @Option(help: "How a line of the log is written: combined, extended by what else is known, or json.")
  var logFormat = LogFormat.combined

  @Option(
    help:
      "Tell metrics, health and connections at an address of the kernel's, such as 127.0.0.1:9180: /, /metrics, /health, /ready, /connections."
  )
  var admin: SocketAddress?

  @Option(help: "Write every frame to this file, for tcpdump and Wireshark.")
  var capture: String?

  @Option(help: "Seconds that the head of a request may take, in total.")
  var headerTimeout: UInt64 = 10

  @Option(help: "Bytes that the head of a request may have, at most 16384.")
  var headerBytes = 8_192

  @Option(help: "Fields that the head of a request may have.")
  var headerFields = 100

  @Option(help: "Requests that a connection may carry; its last answer closes it.")
  var maxRequests = UInt32.max

  @Option(help: "Seconds that a connection may wait for its next request.")
  var idleTimeout: UInt64 = 65

  @Option(
    help: "Seconds that a client may be silent before its TCP is asked whether it is still there; 0 for any time.")
  var keepAliveProbes: UInt16 = 0

  @Option(help: "Bytes a second that a client must take of an answer while there are any for it; 0 for any pace.")
  var minRate: UInt64 = 256

  @Option(help: "Seconds that a client may be slower than that.")
  var slowTimeout: UInt64 = 60

  @Option(help: "Seconds that a stopped server lets connections finish.")
  var gracePeriod: UInt64 = 30

  @Option(help: "Checksums and segmentation: auto leaves both to the device, off makes both here, from stored sums.")
  var offload = Offload.auto

  @Option(help: "Whether acknowledgments wait for text to ride on.")
  var merge = Switch.on

  @Option(help: "Whether checksums come from the sums stored with the data, or from the bytes.")
  var checksums = Checksums.stored

  @Option(help: "Where text that was lost is sent again from: the cache, or a copy in a send buffer of 64M.")
  var retransmit = Retransmission.cache

  @Option(help: "Whether a page is read together with what it embeds.")
  var prefetch = Switch.on

  @Option(help: "Whether blocks behind the one that is sent are read ahead, as far as the client's window reaches.")
  var readAhead = Switch.on

  @Option(help: "How blocks are read: auto is io_uring, or threads where the kernel refuses it.")
  var reads = Reads.auto

  @Option(
    help:
      "Reads of a pack that are at the disk at the same time, from 1 to 256; fewer, where they have more than 256K on average."
  )
  var readDepth = ReadDepth.standard

  @Option(help: "Whether to tell clients a clock, and echo theirs (RFC 7323), where they do.")
  var timestamps = Switch.off

  @Option(
    help: "Whether routers may mark segments instead of dropping them (ECN, RFC 3168), where clients ask for that.")
  var ecn = Switch.on

  @Option(help: "How much is in flight: cubic (RFC 9438) or newreno (RFC 5681).")
  var congestion = Congestion.cubic

  @Flag(help: "Say only what goes wrong.")
  var quiet = false

  /// Checksums and segmentation by the device.
  enum Offload: String, ExpressibleByArgument, CaseIterable {
    /// As much as it does.
    case auto
    /// None.
    case off
  }

  /// On or off.
  enum Switch: String, ExpressibleByArgument, CaseIterable {
    /// On.
    case on
    /// Off.
    case off
  }

  /// How the congestion window grows and shrinks.
  enum Congestion: String, ExpressibleByArgument, CaseIterable {
    /// CUBIC.
    case cubic
    /// NewReno.
    case newReno = "newreno"

    /// The algorithm.
    var algorithm: CongestionAlgorithm {
      switch self {
      case .cubic: .cubic
      case .newReno: .newReno
      }
    }
  }

  /// Where text that was lost is sent again from.
  enum Retransmission: String, ExpressibleByArgument, CaseIterable {
    /// From where it always lay.
    case cache
    /// From a copy that was made when it was queued.
    case copy
  }

  /// Where checksums come from.
  enum Checksums: String, ExpressibleByArgument, CaseIterable {
    /// From the pack.
    case stored
    /// From the bytes.
    case computed
  }

  /// How blocks are read.
  enum Reads: String, ExpressibleByArgument, CaseIterable {
    /// By the best way there is.
    case auto
    /// By io_uring alone.
    case uring
    /// By threads.
    case threads

    /// The only way to be used; nil for the best there is.
    var method: ReadMethod? {
      switch self {
      case .auto: nil
      case .uring: .uring
      case .threads: .threads
      }
    }
  }

  /// The most connections that a table is made for.
  static let largestTable = 1 << 24

  /// The most connections, where memory does not say otherwise.
  var mostConnections: Int { maxConnections ?? 16_384 }

  func validate() throws {
    guard (1...256).contains(workers) else { throw ValidationError("--workers must be between 1 and 256") }
    guard workers == 1 || capture == nil else { throw ValidationError("--capture takes one worker") }
    guard port > 0 else { throw ValidationError("port 0 is nobody's: use one from 1 to 65535") }
    guard cache.bytes >= 4 * 65_536 else { throw ValidationError("--cache must be 256K at least: four blocks") }
    guard (256...16_384).contains(headerBytes) else {
      throw ValidationError("--header-bytes must be between 256 and 16384")
    }
    guard (1...1_000).contains(headerFields) else {
      throw ValidationError("--header-fields must be between 1 and 1000")
    }
    guard maxRequests > 0 else { throw ValidationError("--max-requests must be 1 at least") }
    for (name, seconds) in [("header", headerTimeout), ("idle", idleTimeout)] {
      guard (1...86_400).contains(seconds) else {
        throw ValidationError("--\(name)-timeout must be between 1 and 86400 seconds")
      }
    }
    guard gracePeriod <= 86_400 else { throw ValidationError("--grace-period must be 86400 seconds at most") }
    guard mac.map({ !$0.isMulticast && $0 != MACAddress(0) }) ?? true else {
      throw ValidationError("--mac must be the address of one card: its first byte even, such as 02:00:00:00:00:01")
    }
    guard slowTimeout > 0 else {
      throw ValidationError("--slow-timeout must be 1 at least; where there is to be no limit, --min-rate 0")
    }
    guard mostConnections > 0, mostConnections <= ServeOptions.largestTable else {
      throw ValidationError("--max-connections must be between 1 and 16777216")
    }
    guard maxConnectionsPerAddress.map({ $0 > 0 }) ?? true else {
      throw ValidationError("--max-connections-per-address must be 1 at least")
    }
  }
}

extension ReadDepth: ExpressibleByArgument {
  /// Reads the number of reads.
  package init?(argument: String) {
    guard let reads = Int(argument) else { return nil }
    self.init(reads: reads)
  }

  /// The number of reads.
  package var defaultValueDescription: String { "\(reads)" }
}

extension LogFormat: ExpressibleByArgument {
  /// The format with this name.
  package init?(argument: String) {
    guard let format = LogFormat.allCases.first(where: { "\($0)" == argument }) else { return nil }
    self = format
  }

  /// The names of all formats.
  package static var allValueStrings: [String] { allCases.map { "\($0)" } }

  /// The name, as the help says it.
  package var defaultValueDescription: String { "\(self)" }
}

/// A number of bytes with a unit: 65536, 64K, 512M, 2G.
struct ByteSize: ExpressibleByArgument {
  /// Bytes.
  let bytes: Int

  init(bytes: Int) {
    self.bytes = bytes
  }

  init?(argument: String) {
    let units: [Character: Int] = ["K": 10, "M": 20, "G": 30, "T": 40]
    let shift = argument.last.flatMap { units[Character($0.uppercased())] }
    guard let number = Int(shift == nil ? argument : String(argument.dropLast())), number > 0 else { return nil }
    let (bytes, isOverflow) = number.multipliedReportingOverflow(by: 1 << (shift ?? 0))
    guard !isOverflow else { return nil }
    self.bytes = bytes
  }

  var defaultValueDescription: String {
    bytes % (1 << 20) == 0 ? "\(bytes >> 20)M" : "\(bytes)"
  }
}

extension MACAddress: ExpressibleByArgument {
  /// Reads the address as it is written everywhere.
  package init?(argument: String) {
    self.init(argument)
  }
}

extension InterfaceAddress: ExpressibleByArgument {
  /// Reads an address with a prefix length, `10.9.0.2/24` or `fd09::2/64`; without one the network is the address's 24 bits,
  /// or 64 in version 6.
  package init?(argument: String) {
    let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
    guard let first = parts.first, let address = IPAddress(first), parts.count <= 2 else { return nil }
    guard parts.count == 2 else {
      self.init(address)
      return
    }
    guard let length = Int(parts[1]) else { return nil }
    self.init(address, prefixLength: length)
  }
}
