import Testing

/// Time, chance and the world outside come in as parameters.
struct StillnessTests {
  /// What the standard library offers without an import.
  static let core = WordRule(
    [
      "ContinuousClock", "SuspendingClock", "Task", "SystemRandomNumberGenerator", "CommandLine", "print", "debugPrint",
      "dump", "readLine",
    ],
    because: "a core layer knows no clock, thread, chance or terminal")

  /// Whatever lets time pass, or asks how much has.
  static let tests = WordRule(
    [
      "sleep", "usleep", "nanosleep", "clock_nanosleep", "clock_gettime", "gettimeofday", "ContinuousClock",
      "SuspendingClock", "DispatchTime", "Date ( )", "Date . now", "systemUptime", "time ( nil )",
    ],
    because: "a test that depends on the time fails one day")

  @Test func `Core layers know no clock, thread, chance or terminal`() throws {
    let files = try Repository.current.get().swiftFiles(below: "Sources")
    StillnessTests.core.check(files.filter { Layer.named($0.target)?.isCore == true })
  }

  @Test func `Tests neither sleep nor look at a clock`() throws {
    StillnessTests.tests.check(try Repository.current.get().swiftFiles(below: "Tests"))
  }

  @Test func `The rule sees what a core layer must not do`() {
    let sample = """
      let a = ContinuousClock.now
      Task { b() }
      print("c")
      let fingerprint = 1
      """
    #expect(StillnessTests.core.lines(of: sample, at: "Sources/TCP/Bad.swift") == [1, 2, 3])
  }

  @Test func `The rule sees a test wait`() {
    let sample = """
      Thread.sleep(forTimeInterval: 1)
      usleep(1)
      try await Task.sleep(for: .seconds(1))
      let a = Date()
      let b = ContinuousClock().now
      let c = Date(timeIntervalSince1970: 0)
      // sleep
      """
    #expect(StillnessTests.tests.lines(of: sample, at: "Tests/TCPTests/Bad.swift") == [1, 2, 3, 4, 5])
  }
}
