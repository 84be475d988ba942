import LinuxLink

/// What `--version` says: the version, and what the program was built with and for.
enum Version {
  /// The version.
  static let number = "0.1.0"

  /// All of it.
  static let text = """
    \(number)
    compiler  Swift \(compiler)\(optimization)
    devices   TAP, packet sockets, sockets of a broker; captures by \(CaptureReader.libraryVersion)
    reads     io_uring, threads
    codings   gzip, br, zstd
    """

  private static var compiler: String {
    #if compiler(>=6.4)
      "6.4 or newer"
    #elseif compiler(>=6.3)
      "6.3"
    #else
      "6.2"
    #endif
  }

  /// What makes a measurement worthless.
  private static var optimization: String {
    #if DEBUG
      ", without optimization: not to be measured"
    #else
      ""
    #endif
  }
}
