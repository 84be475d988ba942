import CLinux
import Glibc
import SystemPackage

/// A process that is watched: its descriptor becomes readable when it ends (pidfd_open(2)).
package struct ProcessWatch: ~Copyable {
  private let descriptor: Descriptor
  /// When the process was started, in clock ticks since the machine was (proc(5), `starttime`).
  package let start: UInt64

  /// Watches a process.
  /// - Returns: nil when there is none, or it has ended.
  package init?(process: Int32) {
    let number = clinux_process_descriptor(process)
    guard number >= 0 else { return nil }
    let descriptor = Descriptor(owning: number)
    // A process that ended in between is noticed by the descriptor, even if another has its number by then.
    guard let start = ProcessWatch.start(of: process) else { return nil }
    self.descriptor = descriptor
    self.start = start
  }

  /// What to wait for: readable when the process has ended.
  package var descriptorNumber: Int32 { descriptor.number }

  private static func start(of process: Int32) -> UInt64? {
    guard let file = try? FileDescriptor.open(FilePath("/proc/\(process)/stat"), .readOnly) else { return nil }
    var bytes = [UInt8](repeating: 0, count: 1_024)
    let count = try? file.closeAfter { try unsafe bytes.withUnsafeMutableBytes { try unsafe file.read(into: $0) } }
    let text = String(decoding: bytes.prefix(count ?? 0), as: UTF8.self)
    // The second field is the command in parentheses, in which there may be anything.
    guard let end = text.lastIndex(of: ")") else { return nil }
    let fields = text[end...].dropFirst().split(separator: " ")
    return fields.count > 19 ? UInt64(fields[19]) : nil
  }
}
