import ArgumentParser

/// The command line.
@main
struct CheetahCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cheetah",
    abstract: "A web server that owns everything between the network device and the disk.",
    discussion: """
      EXAMPLES
        cheetah demo                                         see it work, without root where the kernel lets you
        cheetah pack www -o site.cheetah                     a directory becomes a pack
        cheetah serve site.cheetah --tap cheetah0 --address 10.9.0.2/24 --kernel-address 10.9.0.1/24

      It runs its own TCP/IP on a TAP and needs an address that the kernel does not have.
      'cheetah doctor' says what this machine allows and how to get the rest.
      Exit codes: 0 fine, 1 failure, 2 usage, 3 bad pack.
      """,
    version: Version.text,
    subcommands: [
      PackCommand.self, ServeCommand.self, CheckConfigCommand.self, BrokerCommand.self, InspectCommand.self,
      VerifyCommand.self,
      BenchCommand.self, DemoCommand.self,
      DoctorCommand.self,
    ])

  /// Runs a command. Wrong usage exits with 2, where the argument parser would say 64.
  static func main() {
    do {
      var arguments = Array(CommandLine.arguments.dropFirst())
      if arguments.first == "serve", !arguments.contains("--help"), !arguments.contains("-h") {
        arguments = ["serve"] + (try ServeSettings.arguments(before: Array(arguments.dropFirst())))
      }
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch let failure as CommandFailure {
      CommandOutput.error(failure.description)
      Self.exit(withError: failure.exitCode)
    } catch {
      if exitCode(for: error) == .validationFailure {
        CommandOutput.error(fullMessage(for: error))
        Self.exit(withError: ExitCode(2))
      }
      exit(withError: error)
    }
  }
}
