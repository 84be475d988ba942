import LinuxLink
import Testing

/// The memory of the process.
struct ResidentMemoryTests {
  @Test func `What belongs to files is told from what belongs to nobody else`() {
    let memory = ResidentMemory(line: "5210 1000 400 3 0 900 0\n", pageByteCount: 4_096)
    #expect(memory?.anonymous == 600 * 4_096)
    #expect(memory?.file == 400 * 4_096)
  }

  @Test(arguments: ["", "5210", "5210 1000", "5210 x 400", "5210 100 400"])
  func `A line that does not say it is no memory`(line: String) {
    #expect(ResidentMemory(line: line, pageByteCount: 4_096) == nil)
  }

  @Test func `Memory that is touched is there`() throws {
    let before = try #require(ResidentMemory.now)
    let touched = [UInt8](repeating: 1, count: 32 << 20)
    let after = try #require(ResidentMemory.now)
    #expect(touched.allSatisfy { $0 == 1 })
    // Other tests run beside this one, and may give memory back.
    #expect(after.anonymous + (8 << 20) > before.anonymous)
    #expect(after.anonymous > 32 << 20)
  }
}
