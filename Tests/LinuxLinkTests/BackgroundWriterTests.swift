import Foundation
import LinuxLink
import TestKit
import Testing

/// Lines that another thread writes.
struct BackgroundWriterTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "cheetah-\(UUID())")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func append(_ text: String, to writer: BackgroundWriter) {
    let bytes = Array(text.utf8)
    var offset = 0
    while offset < bytes.count { offset += writer.append(Array(bytes[offset...]).rawSpan) }
  }

  private func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
  }

  @Test
  func `After the file was moved away and the log reopened, lines go to a new one and none is lost`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "log").path
    let writer = try BackgroundWriter(path: path)
    for number in 0..<1_000 { append("\(number)\n", to: writer) }
    try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
    writer.reopen()
    for number in 1_000..<2_000 { append("\(number)\n", to: writer) }
    writer.close()
    let lines = try (text("log.1") + text("log")).split(separator: "\n").compactMap { Int($0) }
    #expect(lines == Array(0..<2_000))
    #expect(FileManager.default.fileExists(atPath: path))
  }

  @Test func `Lines that come in pieces stay whole`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let writer = try BackgroundWriter(path: folder.appending(path: "log").path)
    let expected = (0..<200).map { "line \($0)\n" }.joined()
    for byte in expected { append(String(byte), to: writer) }
    writer.close()
    #expect(try text("log") == expected)
    #expect(writer.lost == 0)
  }

  @Test
  func `A file that cannot be written to is an error at the start`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(throws: SystemError.self) { try BackgroundWriter(path: folder.path + "/none/log") }
  }

  @Test func `A pipe that nobody reads is an error, and one whose reader goes loses lines that are counted`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "pipe").path
    try Process.run(URL(filePath: "/usr/bin/mkfifo"), arguments: [path]).waitUntilExit()
    #expect(throws: SystemError.self) { try BackgroundWriter(path: path) }
    // Linux opens a pipe for both ends without waiting for another.
    let reader = try #require(FileHandle(forUpdatingAtPath: path))
    let writer = try BackgroundWriter(path: path)
    try reader.close()
    append("one\ntwo\nthree\n", to: writer)
    writer.close()
    #expect(writer.lost == 3)
  }

  @Test func `Behind a line of which a piece was written the next begins anew`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "pipe").path
    try Process.run(URL(filePath: "/usr/bin/mkfifo"), arguments: [path]).waitUntilExit()
    let first = try #require(FileHandle(forUpdatingAtPath: path))
    let writer = try BackgroundWriter(path: path)
    append(String(repeating: "x", count: 100_000) + "\n", to: writer)
    // What the thread writes is longer than a pipe: it is in the middle of it.
    _ = try first.read(upToCount: 1)
    try first.close()
    while writer.lost == 0 { sched_yield() }
    // What is in a pipe stays there as long as somebody has it open.
    let second = try #require(FileHandle(forUpdatingAtPath: path))
    append("next\n", to: writer)
    var text = ""
    while !text.hasSuffix("next\n") { text += String(decoding: second.availableData, as: UTF8.self) }
    writer.close()
    #expect(text.drop { $0 == "x" } == "\nnext\n")
    #expect(writer.lost == 1)
  }
}
