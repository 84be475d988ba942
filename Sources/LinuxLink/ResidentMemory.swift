import Glibc

/// The memory of this process that is there: proc(5), /proc/PID/statm.
package struct ResidentMemory: Equatable, Sendable {
  /// Bytes that belong to nobody else: heap, stacks and the memory of the cache.
  package let anonymous: UInt64
  /// Bytes of files, such as the program and its libraries, which other processes may share.
  package let file: UInt64

  /// Reads the two numbers out of a line of statm, in pages of so many bytes; nil where they are not there.
  package init?(line: String, pageByteCount: UInt64) {
    let numbers = line.split(separator: " ").prefix(3).compactMap { UInt64($0) }
    guard numbers.count == 3, numbers[1] >= numbers[2] else { return nil }
    (anonymous, file) = ((numbers[1] - numbers[2]) * pageByteCount, numbers[2] * pageByteCount)
  }

  /// As it is now; nil where the system does not say.
  package static var now: ResidentMemory? {
    guard let line = try? SmallFile.read("/proc/self/statm") else { return nil }
    return ResidentMemory(line: line, pageByteCount: UInt64(sysconf(Int32(_SC_PAGESIZE))))
  }
}
