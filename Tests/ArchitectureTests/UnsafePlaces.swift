/// A file, or a folder when the path ends with a slash, in which `unsafe` may stand.
struct UnsafePlace {
  /// The path below the package's root.
  let path: String
  /// Why it cannot be done safely there.
  let reason: String
}

extension UnsafePlace {
  /// All of them. A new one is a decision: it needs a reason that the next reader will accept.
  static let all: [UnsafePlace] = [
    UnsafePlace(path: "Sources/Wire/RawSpan+BigEndian.swift", reason: "loads from a RawSpan are not safe yet"),
    UnsafePlace(path: "Sources/Wire/MutableRawSpan+BigEndian.swift", reason: "copies from span to span"),
    UnsafePlace(path: "Sources/Wire/InternetChecksum.swift", reason: "loads words at any alignment"),
    UnsafePlace(path: "Sources/Wire/ByteArena.swift", reason: "owns memory for headers, requests and heads"),
    UnsafePlace(path: "Sources/Wire/Table.swift", reason: "owns the memory of tables that change with every packet"),
    UnsafePlace(path: "Sources/Cache/BlockArena.swift", reason: "owns the memory of the cache"),
    UnsafePlace(path: "Sources/Pack/CRC32C.swift", reason: "hands bytes to the C library that sums them"),
    UnsafePlace(path: "Sources/Markup/HTMLParser.swift", reason: "is called back by the C library that parses"),
    UnsafePlace(path: "Sources/PackBuilder/ContentHash.swift", reason: "hands bytes to the C library that hashes them"),
    UnsafePlace(path: "Sources/PackBuilder/Coder.swift", reason: "hands bytes to the C libraries that code them"),
    UnsafePlace(path: "Sources/PackBuilder/Monitor.swift", reason: "threads, and what they wait on"),
    UnsafePlace(path: "Sources/PackBuilder/FileSystem.swift", reason: "system calls"),
    UnsafePlace(path: "Sources/PackBuilder/FileSystem+Places.swift", reason: "system calls"),
    UnsafePlace(path: "Sources/PackBuilder/Array+Bytes.swift", reason: "makes the spans of what is written"),
    UnsafePlace(path: "Sources/Wire/StaticString+Bytes.swift", reason: "makes the spans of texts in the program"),
    UnsafePlace(path: "Sources/cheetah/BlockReads.swift", reason: "lends the memory of the cache to the readers"),
    UnsafePlace(path: "Sources/UserTCP/TCPService+Bytes.swift", reason: "makes the spans of an application's arrays"),
    UnsafePlace(path: "Sources/LinuxLink/", reason: "system calls and memory shared with the kernel"),
    UnsafePlace(path: "Tests/TestKit/Bytes.swift", reason: "makes the spans of all tests"),
  ]

  /// Whether this is, or holds, the file at `path`.
  func holds(_ path: String) -> Bool {
    self.path.hasSuffix("/") ? path.hasPrefix(self.path) : path == self.path
  }
}

/// `unsafe`, and what else turns a check of the compiler off, stands only where it is allowed.
struct UnsafeRule: FileRule {
  func violations(in file: SourceFile) -> [Violation] {
    let isAllowed = UnsafePlace.all.contains { $0.holds(file.path) }
    return isAllowed ? [] : UnsafeRule.words.violations(in: file)
  }

  /// The words themselves, wherever they stand.
  static let words = WordRule(
    ["unsafe", "@ safe", "@ unchecked", "unowned", "unsafeBitCast"],
    because: "only the files listed in UnsafePlaces.swift may do this")
}
