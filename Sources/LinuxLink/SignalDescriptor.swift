import CLinux
import Glibc

/// What somebody asks of the process by a signal.
package enum Signal: CaseIterable, Sendable {
  /// SIGTERM: finish what is begun, then end.
  case terminate
  /// SIGINT, from the keyboard: the same.
  case interrupt
  /// SIGHUP: take the new pack.
  case hangUp
  /// SIGUSR1: tell how things stand.
  case user1

  /// The kernel's number.
  var number: Int32 {
    switch self {
    case .terminate: SIGTERM
    case .interrupt: SIGINT
    case .hangUp: SIGHUP
    case .user1: SIGUSR1
    }
  }
}

/// Signals as something to wait for and read, instead of something that interrupts (signalfd(2)).
package struct SignalDescriptor: ~Copyable {
  private let descriptor: Descriptor

  /// Keeps signals away from the calling thread and those it starts later, and collects them here. They stay away when the
  /// descriptor is gone.
  ///
  /// To be made before any thread is started: a signal goes to any thread that does not keep it away.
  package init(of signals: [Signal] = Signal.allCases) throws(SystemError) {
    let set = SignalSet(signals.map(\.number))
    set.block()
    var bits = set.bits
    descriptor = Descriptor(owning: try check(unsafe clinux_signalfd(&bits), "wait for signals"))
  }

  /// What to wait for: readable when a signal has come.
  package var descriptorNumber: Int32 { descriptor.number }

  /// The next signal; nil when none has come. Equal signals that came at the same time are one.
  package func next() -> Signal? {
    var report = signalfd_siginfo()
    let count = unsafe read(descriptor.number, &report, MemoryLayout<signalfd_siginfo>.size)
    guard count == MemoryLayout<signalfd_siginfo>.size else { return nil }
    return Signal.allCases.first { $0.number == Int32(report.ssi_signo) }
  }
}
