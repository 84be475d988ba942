import CLinux
import Glibc

/// The processors of the machine, as far as this process may use them.
package enum Processors {
  /// How many the calling thread may run on, at least 1.
  package static var count: Int { max(Int(clinux_processor_count()), 1) }

  /// How many the machine has at work, whoever may run on them; at least 1.
  package static var onMachine: Int { max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1) }

  /// Those that the process was started on: asked for by the first thread that is to be pinned, and so before it is.
  private static let allowed = (0..<Int32(1_024)).filter { clinux_may_run_on($0) > 0 }

  /// Keeps the calling thread on one of the processors that the process may use, counted from 0 and over again behind the last.
  /// Where that fails it runs wherever the kernel lets it.
  package static func pinThread(toAllowed place: Int) {
    guard !allowed.isEmpty else { return }
    _ = unsafe clinux_pin_thread([allowed[place % allowed.count]], 1)
  }

  /// Lets the calling thread run on all processors that the process may use, whatever that which started it is kept on.
  package static func freeThread() {
    _ = unsafe clinux_pin_thread(allowed, Int32(allowed.count))
  }

  /// Keeps the calling thread on one processor, counted from 0.
  package static func pinThread(to processor: Int) throws(SystemError) {
    try check(unsafe clinux_pin_thread([Int32(clamping: processor)], 1), "run on processor \(processor) only")
  }
}
