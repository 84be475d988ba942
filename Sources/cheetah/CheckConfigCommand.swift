import ArgumentParser
import Pack

/// `cheetah check-config`
struct CheckConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-config",
    abstract: "Say whether `cheetah serve --config FILE` would take a file of settings.",
    discussion: """
      Every setting is looked at as if it stood on the command line, and the packs that it names are opened. Nothing is
      served. What is wrong is named with its line.
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
    let sites = try command.openSites()
    for site in sites { print("\(site.words): \(site.superblock.entryCount) paths") }
    print("\(self.file) is fine")
  }
}
