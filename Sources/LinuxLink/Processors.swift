import CLinux

/// The processors of the machine, as far as this process may use them.
package enum Processors {
  /// How many the calling thread may run on, at least 1.
  package static var count: Int { max(Int(clinux_processor_count()), 1) }

  /// Keeps the calling thread on one processor, counted from 0.
  package static func pinThread(to processor: Int) throws(SystemError) {
    try check(clinux_pin_thread(Int32(clamping: processor)), "run on processor \(processor) only")
  }
}
