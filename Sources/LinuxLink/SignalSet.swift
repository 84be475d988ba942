import Glibc

/// Signals that a thread keeps away from itself.
struct SignalSet {
  private(set) var bits: sigset_t

  /// Every signal there is.
  static var all: SignalSet {
    var set = SignalSet()
    unsafe sigfillset(&set.bits)
    return set
  }

  /// These signals and no others.
  init(_ numbers: [Int32] = []) {
    bits = sigset_t()
    unsafe sigemptyset(&bits)
    for number in numbers { unsafe sigaddset(&bits, number) }
  }

  /// Keeps the signals away from the calling thread, and from those that it starts later.
  func block() {
    var set = bits
    unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
  }
}
