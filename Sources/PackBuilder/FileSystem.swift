import Glibc
package import SystemPackage

/// The few questions to the file system that swift-system does not ask.
package enum FileSystem {
  /// What a name stands for.
  enum Kind: Equatable {
    case file
    case directory
    case link
    case blockDevice
    case other
  }

  /// What is known of a name.
  struct Status: Equatable {
    var kind: Kind
    var size: UInt64
    /// When the content was last changed, in seconds since 1970.
    var modified: Int64
    /// The same in nanoseconds. Anybody may set it.
    var contentChanged: Int64
    /// When anything of it was last changed, in nanoseconds since 1970; nobody sets this.
    var changed: Int64
    /// Tells this file, by whatever name, from any other.
    var identity: Identity
  }

  /// What is the same for all names of a file, and for no other file.
  struct Identity: Equatable {
    var device: UInt64
    var number: UInt64
  }

  /// Looks at a name.
  /// - Parameter followsLinks: whether a link stands for what it leads to.
  static func status(of path: String, followsLinks: Bool) throws(BuildError) -> Status {
    var status = stat()
    let result = unsafe followsLinks ? stat(path, &status) : lstat(path, &status)
    guard result == 0 else { throw .system("look at", path, Errno(rawValue: errno)) }
    let kind: Kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .directory
      case S_IFLNK: .link
      case S_IFBLK: .blockDevice
      default: .other
      }
    return Status(
      kind: kind, size: UInt64(status.st_size), modified: Int64(status.st_mtim.tv_sec),
      contentChanged: nanoseconds(status.st_mtim), changed: nanoseconds(status.st_ctim),
      identity: Identity(device: UInt64(status.st_dev), number: UInt64(status.st_ino)))
  }

  /// A time in nanoseconds since 1970; the last there is where it is later, in the year 2262.
  private static func nanoseconds(_ time: timespec) -> Int64 {
    let (whole, overflow) = Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, overflows) = whole.addingReportingOverflow(Int64(time.tv_nsec))
    return overflow || overflows ? (time.tv_sec < 0 ? .min : .max) : sum
  }

  /// What time it is, in nanoseconds since 1970.
  static var time: Int64 {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
    return nanoseconds(time)
  }

  /// The names in a directory, without `.` and `..`, in the order of their bytes; nil stands for a name that is not UTF-8.
  static func names(in path: String) throws(BuildError) -> [String?] {
    guard let directory = unsafe opendir(path) else { throw .system("open", path, Errno(rawValue: errno)) }
    defer { unsafe closedir(directory) }
    var (names, unreadable): ([String], [String?]) = ([], [])
    while true {
      errno = 0
      guard let entry = unsafe readdir(directory) else { break }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(validatingCString: $0) }
      }
      if let name { names.append(name) } else { unreadable.append(nil) }
    }
    guard errno == 0 else { throw .system("read", path, Errno(rawValue: errno)) }
    names.removeAll { $0 == "." || $0 == ".." }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } + unreadable
  }

  /// The path without links and dots; nil when it leads nowhere.
  static func realPath(of path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// Whether a text fits a pattern of the shell, in which `*` also stands for slashes (fnmatch(3)).
  static func matches(_ path: String, pattern: String) -> Bool {
    unsafe fnmatch(pattern, path, 0) == 0
  }

  /// Reads what comes next in a file.
  /// - Returns: bytes read, from the first of `memory` on; 0 at the end.
  package static func read(_ descriptor: FileDescriptor, into memory: inout [UInt8]) throws(Errno) -> Int {
    while true {
      let count = unsafe memory.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(descriptor.rawValue, buffer.baseAddress, buffer.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Errno(rawValue: errno) }
      return count
    }
  }

  /// Reads from a place in a file.
  /// - Returns: bytes read, fewer than there is memory for only at the end of the file.
  static func read(
    _ descriptor: FileDescriptor, into memory: inout [UInt8], at offset: Int64
  ) throws(Errno) -> Int {
    var done = 0
    while done < memory.count {
      let count = unsafe memory.withUnsafeMutableBytes { buffer in
        let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
        return unsafe pread(descriptor.rawValue, rest.baseAddress, rest.count, Int(offset) + done)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Errno(rawValue: errno) }
      if count == 0 { break }
      done += count
    }
    return done
  }

  /// Writes all bytes to a place in a file.
  static func write(_ bytes: RawSpan, to descriptor: FileDescriptor, at offset: Int64) throws(Errno) {
    var done = 0
    while done < bytes.byteCount {
      let rest = bytes.extracting(droppingFirst: done)
      let count = unsafe rest.withUnsafeBytes { buffer in
        unsafe pwrite(descriptor.rawValue, buffer.baseAddress, buffer.count, Int(offset) + done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw count == 0 ? Errno.noSpace : Errno(rawValue: errno) }
      done += count
    }
  }
}
