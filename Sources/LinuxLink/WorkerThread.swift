import CLinux
import Glibc
import SystemPackage

/// A thread of the process that runs one function. Whoever starts it has to wait for it with `join`, or to `leave` it.
@safe
package struct WorkerThread: Sendable {
  private let identifier: pthread_t

  /// What a new thread is handed.
  private final class Work {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
      self.name = name
      self.body = body
    }
  }

  /// Starts a thread.
  /// - Parameters:
  ///   - name: for ps and top; cut to 15 bytes.
  ///   - body: what it does.
  package init(name: String, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
    let work = unsafe Unmanaged.passRetained(Work(name: name, body: body))
    var identifier = pthread_t()
    let code = unsafe pthread_create(
      &identifier, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        let work = unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue()
        _ = unsafe clinux_name_thread(String(decoding: work.name.utf8.prefix(15), as: UTF8.self))
        work.body()
        return nil
      }, work.toOpaque())
    guard code == 0 else {
      unsafe work.release()
      throw SystemError("start a thread", Errno(rawValue: code))
    }
    self.identifier = identifier
  }

  /// Waits until the thread has ended.
  package func join() {
    pthread_join(identifier, nil)
  }

  /// Lets the thread go on alone; nobody waits for it.
  package func leave() {
    pthread_detach(identifier)
  }
}
