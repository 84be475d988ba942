// swift-tools-version: 6.2
import PackageDescription

/// One house rule for every Swift target: strict memory safety, and no warning survives.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableExperimentalFeature("Lifetimes"),
  .enableExperimentalFeature("RawLayout"),
]

/// Makes the layers one program to the optimizer of a release: it sees the bodies of what it calls in another layer, which
/// it does not by itself where imports are `package`, and leaves out checks of exclusive access, which tests make.
let fast: [SwiftSetting] = [
  .unsafeFlags(["-enable-cmo-everything", "-enforce-exclusivity=unchecked"], .when(configuration: .release))
]

/// Each layer then has its own copy of what it uses of the standard library's generic code; one of them is as good as another.
let linking: [LinkerSetting] = [
  .unsafeFlags(["-Xlinker", "-z", "-Xlinker", "muldefs"], .when(configuration: .release))
]

/// A Swift target below `Sources`.
func layer(_ name: String, _ dependencies: [Target.Dependency] = [], isFast: Bool = false) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: isFast ? settings + fast : settings)
}

/// The suite of one target below `Tests`.
/// - Parameter data: what beside the sources the tests read.
func suite(_ name: String, _ dependencies: [Target.Dependency], data: [String] = []) -> Target {
  .testTarget(name: "\(name)Tests", dependencies: dependencies, exclude: data, swiftSettings: settings)
}

let package = Package(
  name: "cheetah",
  products: [
    .executable(name: "cheetah", targets: ["cheetah"]),
    .library(name: "UserTCP", targets: ["UserTCP"]),
  ],
  dependencies: [
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
  ],
  targets: [
    layer("Time", isFast: true),
    layer("Wire", isFast: true),
    layer("TCP", ["Time", "Wire"], isFast: true),
    layer("Stack", ["TCP", "Time", "Wire"], isFast: true),
    layer("Pack", ["Wire", "CIsal"], isFast: true),
    layer("Cache", ["Pack", "Wire"], isFast: true),
    layer("HTTP", ["Wire"], isFast: true),
    layer("Markup", ["CXML"]),
    layer("Link", ["Time", "Wire"], isFast: true),
    layer("Claims", ["Wire"]),
    layer("LoadGenerator", ["Link", "Stack", "TCP", "Time", "Wire"], isFast: true),
    layer("Server", ["Cache", "HTTP", "Link", "Pack", "Stack", "TCP", "Time", "Wire"], isFast: true),
    layer(
      "LinuxLink",
      [
        "CLinux", "CNft", "CPcap", "CUring", "Link", "Time", "Wire",
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    layer(
      "PackBuilder",
      [
        .product(name: "TOMLKit", package: "TOMLKit"),
        "CBrotli", "CCrypto", "CDeflate", "CZstd", "HTTP", "Markup", "Pack", "Wire",
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    layer(
      "Admin",
      [
        .product(name: "FlyingFox", package: "FlyingFox"), .product(name: "FlyingSocks", package: "FlyingFox"),
        "Cache", "HTTP", "Server", "Stack", "TCP", "Time", "Wire",
      ]),
    .target(
      name: "UserTCP", dependencies: ["Link", "LinuxLink", "Stack", "TCP", "Time", "Wire"], swiftSettings: settings,
      linkerSettings: linking),
    .executableTarget(name: "EchoExample", dependencies: ["UserTCP"], swiftSettings: settings),
    .executableTarget(name: "ChargenExample", dependencies: ["UserTCP"], swiftSettings: settings),
    .executableTarget(
      name: "cheetah",
      dependencies: [
        "Admin", "Cache", "Claims", "HTTP", "Link", "LinuxLink", "LoadGenerator", "Pack", "PackBuilder", "Server",
        "Stack",
        "TCP",
        "Time", "Wire",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Histogram", package: "hdrhistogram-swift"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "SystemPackage", package: "swift-system"),
        .product(name: "TOMLKit", package: "TOMLKit"),
      ],
      swiftSettings: settings, linkerSettings: linking),

    .executableTarget(
      name: "transfers", dependencies: ["TestKit"], path: "bench/transfers", exclude: ["run"], swiftSettings: settings,
      linkerSettings: linking),
    .executableTarget(
      name: "faulty-wire", dependencies: ["Link", "LinuxLink", "Time", "Wire"], path: "bench/loss/wire",
      swiftSettings: settings,
      linkerSettings: linking),
    .executableTarget(
      name: "stack-bench",
      dependencies: [
        "CAllocations", "Cache", "Link", "LinuxLink", "Pack", "Server", "Stack", "TCP", "Time", "Wire",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      path: "bench/stack/program", swiftSettings: settings, linkerSettings: linking),
    .target(name: "CAllocations", path: "bench/stack/allocations"),

    .executableTarget(
      name: "idle", dependencies: ["Stack", "TCP", "Time", "Wire"], path: "bench/idle", exclude: ["run"],
      swiftSettings: settings, linkerSettings: linking),

    .executableTarget(
      name: "EvictionBench", dependencies: ["Cache", "Pack", "TestKit", "Wire"], path: "bench/eviction",
      exclude: ["run"], swiftSettings: settings, linkerSettings: linking),

    .executableTarget(
      name: "sums", dependencies: ["Pack", "Wire"], path: "bench/sums", exclude: ["run"], swiftSettings: settings,
      linkerSettings: linking),

    .target(name: "CLinux", path: "CModules/CLinux"),
    .systemLibrary(name: "CPcap", path: "CModules/CPcap", pkgConfig: "libpcap", providers: [.apt(["libpcap-dev"])]),
    .target(name: "CUring", path: "CModules/CUring", linkerSettings: [.linkedLibrary("uring")]),
    .systemLibrary(
      name: "CNft", path: "CModules/CNft", pkgConfig: "libnftables", providers: [.apt(["libnftables-dev"])]),
    .systemLibrary(name: "CIsal", path: "CModules/CIsal", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
    .systemLibrary(
      name: "CCrypto", path: "CModules/CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "CDeflate", path: "CModules/CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(
      name: "CBrotli", path: "CModules/CBrotli", pkgConfig: "libbrotlienc", providers: [.apt(["libbrotli-dev"])]),
    .systemLibrary(name: "CXML", path: "CModules/CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CZstd", path: "CModules/CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),

    .target(
      name: "TestKit", dependencies: ["Link", "Stack", "TCP", "Time", "Wire"], path: "Tests/TestKit",
      swiftSettings: settings),
    suite("Architecture", []),
    suite("Time", ["Time"]),
    suite("Wire", ["TestKit", "Wire"]),
    suite("TCP", ["TCP", "TestKit", "Time", "Wire"]),
    suite("Stack", ["Stack", "TCP", "TestKit", "Time", "Wire"]),
    suite("Pack", ["Pack", "TestKit", "Wire"]),
    suite("Cache", ["Cache", "Pack", "TestKit", "Wire"]),
    suite("HTTP", ["HTTP", "TestKit", "Wire"]),
    suite("Admin", ["Admin", "Server"]),
    suite("Claims", ["Claims", "Wire"]),
    suite("UserTCP", ["TCP", "TestKit", "UserTCP", "Wire"]),
    suite("Markup", ["Markup", "TestKit"]),
    suite(
      "PackBuilder",
      ["HTTP", "Pack", "PackBuilder", "TestKit", "Wire", .product(name: "SystemPackage", package: "swift-system")]),
    suite(
      "Server", ["Cache", "HTTP", "Link", "Pack", "PackBuilder", "Server", "Stack", "TCP", "TestKit", "Time", "Wire"],
      data: ["Corpus"]),
    suite("Command", ["LinuxLink", "Pack", "PackBuilder", "TestKit", "cheetah"]),
    suite("LoadGenerator", ["Link", "LoadGenerator", "Stack", "TCP", "TestKit", "Time", "Wire"]),
    suite("Link", ["Link", "TestKit", "Time", "Wire"]),
    suite(
      "LinuxLink",
      ["Link", "LinuxLink", "TestKit", "Time", "Wire", .product(name: "SystemPackage", package: "swift-system")]),
  ]
)
