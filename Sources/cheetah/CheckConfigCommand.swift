import ArgumentParser
import LinuxLink
import Pack

/// `cheetah check-config`
struct CheckConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-config",
    abstract: "Say whether `cheetah serve --config FILE` would take a file of settings.",
    discussion: """
      Every setting is looked at as if it stood on the command line, and the packs that it names are opened. Nothing is
      served. What is wrong is named with its line. Root opens them as the user that the file names, as the server does.
      """)

  @Argument(help: "The file.")
  var file: String

  func run() throws {
    let file = try ServeFile(path: self.file)
    let arguments = try file.arguments()
    let command: ServeCommand
    do {
      command = try ServeCommand.parse(arguments)
    } catch {
      let message = ServeCommand.message(for: error)
      throw CommandFailure.usage("\(file.place(in: message)): \(message)")
    }
    if let account = try command.account() { try goOn(as: account) }
    let sites = try command.openSites()
    for path in [command.options.accessLog, command.options.capture] {
      guard let path, path != "-" else { continue }
      try CommandFailure.catching { () throws(SystemError) in try SmallFile.checkAppending(to: path) }
    }
    for site in sites { print("\(site.words): \(site.superblock.entryCount) paths") }
    print("\(self.file) is fine")
  }

  /// Does what is left as the server's user, where that is possible.
  private func goOn(as account: UserAccount) throws(CommandFailure) {
    guard UserNames.own == 0 || account.isOwn else {
      return CommandOutput.error(
        "warning: files are opened as \(UserNames.user(UserNames.own)), not as \(account.words): check as root")
    }
    try CommandFailure.catching { () throws(SystemError) in try Privileges.dropAll(as: account) }
  }
}
