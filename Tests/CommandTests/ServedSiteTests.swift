import Foundation
import LinuxLink
import Pack
import PackBuilder
import Synchronization
import Testing

@testable import cheetah

/// A directory that is served is packed into a temporary file, of which nothing stays.
@Suite(.serialized) struct ServedSiteTests {
  /// A directory with a few files, gone when the test is.
  private final class Directory {
    let path = FileManager.default.temporaryDirectory.appending(path: "served-\(UUID())").path

    init() throws {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for number in 0..<10 { try Data("\(number)".utf8).write(to: URL(filePath: "\(path)/\(number).txt")) }
    }

    deinit {
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  /// What this process has left where temporary files are.
  private var left: [String] {
    get throws {
      let directory = FileManager.default.temporaryDirectory.path
      return try FileManager.default.contentsOfDirectory(atPath: directory).filter {
        $0.hasPrefix("cheetah-\(ProcessInfo.processInfo.processIdentifier)-")
      }
    }
  }

  @Test func `A directory is served from a file that has no name any more`() throws {
    let directory = try Directory()
    let site = try ServedSite(path: directory.path) { false }
    #expect(site.superblock.entryCount == 10)
    #expect(try left == [])
  }

  @Test func `Packing that is stopped at any of its steps leaves nothing`() throws {
    let directory = try Directory()
    var steps = 0
    _ = try ServedSite(path: directory.path) {
      steps += 1
      return false
    }
    try #require(steps >= 20)
    for step in 0..<steps {
      var rest = step
      let failure = #expect(throws: CommandFailure.self) {
        try ServedSite(path: directory.path) {
          rest -= 1
          return rest < 0
        }
      }
      #expect(failure?.description == BuildError.interrupted.description)
      #expect(try left == [])
    }
  }

  /// Both signals stay away from a thread of their own, whose end is that of the test's effects.
  @Test func `Signals that end a process end the packing before there is a server, and others wait`() throws {
    let directory = try Directory()
    let path = directory.path
    let outcome = Mutex<(description: String, next: Signal?)>(("", nil))
    let thread = try WorkerThread(name: "test") {
      guard let signals = try? SignalDescriptor() else { return }
      pthread_kill(pthread_self(), SIGHUP)
      pthread_kill(pthread_self(), SIGINT)
      do throws(CommandFailure) {
        _ = try HostedSite.open([], other: path)
      } catch {
        let found = (error.description, signals.next())
        outcome.withLock { $0 = found }
      }
    }
    thread.join()
    let (description, next) = outcome.withLock { $0 }
    #expect(description == BuildError.interrupted.description && next == .hangUp)
    #expect(try left == [])
  }
}
