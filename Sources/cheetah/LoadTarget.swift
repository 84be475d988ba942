import Glibc
import LinuxLink
import LoadGenerator
import Stack
import TCP
import Time
import Wire

/// The server that is loaded and the paths it is asked for.
struct LoadTarget {
  /// The server as the URLs say it.
  let host: String
  /// Its address.
  let address: IPAddress
  /// Its port.
  let port: UInt16
  /// The paths, each once, those of the URLs or of a file.
  let paths: [String]
  /// The order in which a log has them; nil where they are drawn.
  let recorded: [UInt32]?

  /// Reads URLs and the files of paths.
  init(urls: [String], _ options: BenchOptions) throws(CommandFailure) {
    var paths: [String] = []
    var host: String?
    for url in urls {
      let (place, path) = try LoadTarget.split(url)
      guard host == nil || host == place else { throw .usage("\(url): all URLs must be of one server, \(host ?? "")") }
      host = place
      paths.append(path)
    }
    guard let place = SocketAddress(argument: host ?? "") else {
      throw .usage(
        "\(host ?? ""): the server must be an address, such as http://10.9.0.1/, http://10.9.0.1:8080/ or http://[fd09::1]/"
      )
    }
    (self.host, self.address, self.port) = (host ?? "", place.address, place.port)
    if let log = options.log {
      let order = try LoadTarget.lines(of: log).compactMap(LoadTarget.loggedPath)
      guard !order.isEmpty else { throw .failed("\(log) has no GET: is it an access log in the combined format?") }
      var numbers: [String: UInt32] = [:]
      recorded = order.map { path in
        let number = numbers[path] ?? UInt32(numbers.count)
        numbers[path] = number
        return number
      }
      self.paths = numbers.sorted { $0.value < $1.value }.map(\.key)
    } else {
      recorded = nil
      if let file = options.paths {
        paths = try LoadTarget.lines(of: file)
        guard !paths.isEmpty else { throw .failed("\(file) has no path") }
        if let path = paths.first(where: { !$0.hasPrefix("/") || $0.contains(" ") }) {
          throw .failed("\(file): `\(path)` is no path: it must begin with / and have no space")
        }
      }
      self.paths = paths
    }
  }

  /// What is loaded, in a word.
  var name: String { paths.count == 1 ? "http://\(host)\(paths[0])" : "http://\(host), \(paths.count) paths" }

  /// The plan of the load.
  func plan(_ options: BenchOptions, from own: InterfaceAddress) -> LoadPlan {
    var plan = LoadPlan(peer: address, port: port)
    if let gateway = options.gateway { plan.way = .router(gateway) }
    plan.connections = options.connections
    plan.reuse = options.close ? .never : .keepAlive(depth: options.pipeline)
    if let rate = options.rate { plan.pace = .open(perSecond: rate) }
    plan.mostRequests = options.requests ?? .max
    plan.duration = Interval(nanoseconds: UInt64(options.duration * 1e9))
    plan.patience = Interval(nanoseconds: UInt64(options.timeout * 1e9))
    return plan
  }

  /// The requests, with their bodies where these are to be compared.
  func entries(_ options: BenchOptions) throws(CommandFailure) -> [RequestList.Entry] {
    var entries: [RequestList.Entry] = []
    for path in paths {
      var body: [UInt8]?
      if let directory = options.against {
        let file = path.hasSuffix("/") ? path + "index.html" : path
        body = try LoadTarget.bytes(of: directory + file)
      }
      entries.append(RequestList.Entry(path: path, host: host, isLast: options.close, body: body))
    }
    return entries
  }

  /// The order in which they are asked for.
  func order(_ options: BenchOptions) -> RequestOrder {
    if let recorded { return .recorded(recorded, next: 0) }
    let draw = WeightedDraw(count: paths.count) { pow($0, -options.zipf) }
    return .drawn(draw, RandomSequence(seed: options.seed ?? UInt64.random(in: 0 ... .max)))
  }

  /// The key behind the numbers on the wire, the same in every run: so they rise from one run to the next, and a server that
  /// still remembers the connections of the last takes new ones between the same ports (RFC 6191). There is nobody here who
  /// should not guess them.
  static var secret: SipHash { SipHash(key0: 0x6368_6565_7461_6821, key1: 0) }
}

/// Reading what people wrote.
extension LoadTarget {
  /// The server and the path of a URL.
  private static func split(_ url: String) throws(CommandFailure) -> (place: String, path: String) {
    guard url.hasPrefix("http://") else { throw .usage("\(url): only http:// is spoken") }
    let rest = url.dropFirst("http://".count)
    guard let slash = rest.firstIndex(of: "/") else { return (String(rest), "/") }
    guard !rest.contains(" ") else { throw .usage("\(url): a URL has no space") }
    return (String(rest[..<slash]), String(rest[slash...]))
  }

  /// The path of a line of an access log that records a GET.
  static func loggedPath(_ line: some StringProtocol) -> String? {
    let parts = line.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    let request = parts[1].split(separator: " ")
    guard request.count == 3, request[0] == "GET", request[1].hasPrefix("/") else { return nil }
    return String(request[1])
  }

  private static func lines(of path: String) throws(CommandFailure) -> [String] {
    String(decoding: try bytes(of: path), as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
  }

  private static func bytes(of path: String) throws(CommandFailure) -> [UInt8] {
    try CommandFailure.catching { () throws(SystemError) in try FileContents.bytes(of: path) }
  }
}
