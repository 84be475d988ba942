import Link
import LinuxLink
import Logging
import Server
import Time

/// A worker beside the first, ready to be started.
struct CrewMember<Device: PolledDevice & SendableMetatype & ~Copyable>: ~Copyable {
  private let loop: Handover<ServerLoop<Device>>
  private let descriptor: Int32
  private let number: Int
  private let orders: Mailbox<WorkerOrder>

  /// Puts a worker together.
  init(
    number: Int, of crew: Crew, _ sites: [ServedSite], on device: consuming Device, at addresses: ServerAddresses,
    _ options: ServeOptions, log: LogFile?, logger: Logger
  ) throws(CommandFailure) {
    descriptor = device.descriptorNumber
    self.number = number
    orders = crew.orders[number - 1]
    let engine = try ServerAssembly.engine(
      sites, device.properties, addresses, options, workers: crew.orders.count + 1, announces: false)
    let reads = try ServerAssembly.reads(sites, engine, options)
    loop = Handover(
      ServerLoop(
        server: Cheetah(engine: engine, device: device), reads: reads, log: log, logger: logger,
        gracePeriod: .seconds(options.gracePeriod), number: number, of: crew))
  }

  /// Starts its thread, on a processor of its own.
  func start() throws(CommandFailure) -> WorkerThread {
    let (loop, descriptor, number, orders) = (loop, descriptor, number, orders)
    return try CommandFailure.catching { () throws(SystemError) in
      try WorkerThread(name: "worker \(number)") {
        Processors.pinThread(toAllowed: number)
        var loop = loop.take()
        loop.run(device: descriptor, orders: orders)
      }
    }
  }
}
