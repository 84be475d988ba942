import Link
import LinuxLink

/// Serving on a link that is not what it should be.
extension ServerLoop where Device: PolledDevice & SendableMetatype & ~Copyable {
  /// Serves sites on a device until it is told to stop, and does to frames what the options say.
  static func run(
    _ sites: consuming [ServedSite], on device: consuming Device, _ others: [Handover<Device>], named name: String,
    at addresses: ServerAddresses, _ options: ServeOptions, with faults: FaultOptions,
    _ signals: borrowing SignalDescriptor
  ) throws(CommandFailure) {
    guard let each = faults.faults else {
      return try run(sites, on: device, others, named: name, at: addresses, options, signals)
    }
    let seed = UInt64.random(in: 0 ... .max)
    let faulty = Faulty(device, incoming: each, outgoing: each, seed: seed)
    try ServerLoop<Faulty<Device>>.run(
      sites, on: faulty, named: name + faults.words, at: addresses, options, signals)
  }
}
