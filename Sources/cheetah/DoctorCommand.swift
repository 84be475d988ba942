import ArgumentParser
import LinuxLink

/// `cheetah doctor`: tries what this machine allows and says how to fix the rest.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Try what this machine allows, and say how to fix the rest.",
    discussion: """
      Everything is tried by doing it, and nothing is left behind. Cheetah needs no kernel module of its own, no huge
      pages and no network card to itself.

      The exit code is 0 when there is some way to serve here, and 1 when there is none.
      """)

  /// Prints a line for each finding, and what to type below those that are not fine.
  func run() throws {
    let link = DoctorCommand.linkFindings()
    let namespaces = DoctorCommand.namespaceFindings()
    for finding in link + namespaces + DoctorCommand.machineFindings() { print(finding) }
    print("")
    guard let way = DoctorCommand.way(link: link, namespaces: namespaces) else {
      print("There is no way to serve here yet. Any one of the remedies for a TAP or for namespaces makes one.")
      throw ExitCode.failure
    }
    print(way)
  }

  /// What to type to serve a site, for the first way that works.
  private static func way(link: [Finding], namespaces: [Finding]) -> String? {
    if link.contains(where: { $0.subject == .tapCreation && $0.isFine }) {
      return "Cheetah can serve here:  cheetah serve DIRECTORY --tap cheetah0 --address 10.9.0.2/24"
    }
    if namespaces.contains(where: \.isFine) {
      return "Cheetah can serve here in a network namespace:  cheetah demo"
    }
    return nil
  }
}
