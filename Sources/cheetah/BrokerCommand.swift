import ArgumentParser
import Claims
import LinuxLink
import SystemPackage
import Wire

/// `cheetah broker`
struct BrokerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "broker",
    abstract: "Hand out the ports of an interface to servers that have no privilege.",
    discussion: """
      EXAMPLES
        sudo cheetah broker --interface eth1 --address 192.0.2.80
        cheetah serve site.cheetah --broker /run/cheetah.sock --address 192.0.2.80/24
        cheetah serve other.cheetah --broker /run/cheetah.sock --address 192.0.2.80/24 --port 8080

      A server claims an address and ports; the first to come has them until it ends. It is handed a packet socket on
      which it sees its own packets only, and from which it can send in no other's name. What it does with them is its own
      business: the broker knows nothing of TCP.

      POLICY
        allow user www       tcp  192.0.2.80  80
        allow group web      tcp  *           8000-8999
        limit everybody 4

      Without a policy only root, and the user that the broker runs as, may claim. SIGUSR1 tells how things stand. Servers
      outlive the broker: the next one takes over who holds what.
      """)

  @Option(help: "The interface whose ports are handed out.")
  var interface: String

  @Option(name: .customLong("address"), help: "An address that servers can claim ports of; may be given several times.")
  var addresses: [IPv4Address]

  @Option(help: "Where servers connect.")
  var socket = "/run/cheetah.sock"

  @Option(help: "Who may connect, as the mode of a file; what they may claim is the policy's business.")
  var mode = FileMode(bits: 0o666)

  @Option(help: "The file that says who may claim what.")
  var policy: String?

  @Option(help: "Where it is written down who holds what; by default beside the socket.")
  var state: String?

  @Option(
    help: "The hardware address of the servers, aa:bb:cc:dd:ee:ff; by default one derived from the interface's name.")
  var mac: MACAddress?

  func validate() throws {
    guard !addresses.isEmpty else { throw ValidationError("give an address to hand out: --address 192.0.2.80") }
    for address in addresses where !address.isUnicast {
      throw ValidationError("\(address) is no address of a single host")
    }
  }

  func run() throws {
    let signals = try CommandFailure.catching { () throws(SystemError) in try SignalDescriptor() }
    for address in addresses {
      let owner = try CommandFailure.catching { () throws(SystemError) in
        try NetworkInterface.owner(of: IPAddress(address))
      }
      if let owner {
        throw CommandFailure.failed(
          """
          cannot hand out \(address): the kernel has this address, on \(owner), and would reset every connection
            choose another of the same network, such as one that answers no ping
          """)
      }
    }
    let table = ClaimTable(addresses: Set(addresses), policy: try readPolicy())
    let broker = try Broker(
      interface: interface, hardware: mac, table: table, socket: socket, mode: mode.bits,
      records: BrokerRecords(path: state ?? socket + ".claims"))
    try broker.run(signals)
  }

  private func readPolicy() throws(CommandFailure) -> Policy {
    guard let policy else { return Policy(onlyUsers: [0, UserNames.own]) }
    let text = try CommandFailure.catching { () throws(SystemError) in try SmallFile.read(policy) }
    do throws(PolicyError) {
      return try Policy(text: text)
    } catch {
      throw .usage("\(policy)\(error)")
    }
  }
}

/// The permissions of a file, written in octal digits: 660.
struct FileMode: ExpressibleByArgument {
  /// The bits.
  let bits: UInt16

  init(bits: UInt16) {
    self.bits = bits
  }

  init?(argument: String) {
    guard let bits = UInt16(argument, radix: 8), bits <= 0o777 else { return nil }
    self.bits = bits
  }

  var defaultValueDescription: String { String(bits, radix: 8) }
}

extension IPAddress: ExpressibleByArgument {
  /// Reads an address of either version.
  package init?(argument: String) {
    self.init(argument)
  }
}

extension IPv4Address: ExpressibleByArgument {
  /// Reads the address as it is written everywhere.
  package init?(argument: String) {
    self.init(argument)
  }
}
