/// A target and the arrows that leave it: the layers it stands on, and what it may know of the world outside.
struct Layer {
  /// The target's name, which is that of its folder.
  let name: String
  /// The package's own targets it may import.
  let layers: Set<String>
  /// The modules of others it may import.
  let outside: Set<String>
  /// Whether the target knows no clock, file, socket, thread or logger.
  let isCore: Bool

  /// A core layer. The little it may import from outside computes and does nothing else.
  static func core(_ name: String, on layers: Set<String> = [], outside: Set<String> = []) -> Layer {
    Layer(name: name, layers: layers, outside: outside, isCore: true)
  }

  /// A layer at the rim, where input and output are.
  static func rim(_ name: String, on layers: Set<String>, outside: Set<String>) -> Layer {
    Layer(name: name, layers: layers, outside: outside, isCore: false)
  }
}

extension Layer {
  /// The house from the ground up. A new arrow is a decision: it is drawn here and in the manifest.
  static let all: [Layer] = [
    .core("Time"),
    .core("Wire"),
    .core("TCP", on: ["Time", "Wire"]),
    .core("Stack", on: ["TCP", "Time", "Wire"]),
    .core("Pack", on: ["Wire"], outside: ["CIsal"]),
    .core("Cache", on: ["Pack", "Wire"]),
    .core("HTTP", on: ["Wire"]),
    .core("Markup", outside: ["CXML"]),
    .core("Link", on: ["Time", "Wire"]),
    .core("Claims", on: ["Wire"]),
    .core("Server", on: ["Cache", "HTTP", "Link", "Pack", "Stack", "TCP", "Time", "Wire"]),
    .core("LoadGenerator", on: ["Link", "Stack", "TCP", "Time", "Wire"]),
    .rim("LinuxLink", on: ["CLinux", "CNft", "CPcap", "CUring", "Link", "Time", "Wire"], outside: system),
    .rim(
      "PackBuilder", on: ["CBrotli", "CCrypto", "CDeflate", "CZstd", "HTTP", "Markup", "Pack", "Wire"],
      outside: system.union(["TOMLKit"])),
    .rim(
      "Admin", on: ["Cache", "HTTP", "Server", "Stack", "TCP", "Time", "Wire"],
      outside: ["FlyingFox", "FlyingSocks", "Foundation"]),
    .rim("UserTCP", on: ["Link", "LinuxLink", "Stack", "TCP", "Time", "Wire"], outside: []),
    .rim("EchoExample", on: ["UserTCP"], outside: ["Glibc"]),
    .rim("ChargenExample", on: ["UserTCP"], outside: ["Glibc"]),
    .rim(
      "cheetah",
      on: [
        "Admin", "Cache", "Claims", "HTTP", "Link", "LinuxLink", "LoadGenerator", "Pack", "PackBuilder", "Server",
        "Stack",
        "TCP", "Time",
        "Wire",
      ],
      outside: system.union(["ArgumentParser", "Dispatch", "Foundation", "Histogram", "Logging", "TOMLKit"])),
  ]

  /// The layer of this name.
  static func named(_ name: some StringProtocol) -> Layer? { all.first { $0.name == name } }

  private static let system: Set<String> = ["Glibc", "Synchronization", "SystemPackage"]
}
