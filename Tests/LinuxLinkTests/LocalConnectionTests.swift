import Foundation
import SystemPackage
import Testing

@testable import LinuxLink

/// Messages and descriptors from process to process, here within one.
struct LocalConnectionTests {
  private let place: TestFile

  init() throws {
    place = try TestFile(nil)
  }

  @Test func `A message arrives whole, and only then is there one`() throws {
    let listener = try LocalListener(path: place.path, mode: 0o600)
    let client = try LocalConnection(path: place.path)
    let server = try needed(listener.accept())
    let before = try server.receive(upTo: 64)
    let hasCome = before != nil
    #expect(!hasCome)
    try client.send("first")
    try client.send("second")
    let first = try needed(server.receive(upTo: 64)).text
    let second = try needed(server.receive(upTo: 64)).text
    #expect([first, second] == ["first", "second"])
  }

  @Test func `A descriptor that is passed leads to the same file`() throws {
    let file = try TestFile(Array("held by another".utf8))
    let listener = try LocalListener(path: place.path, mode: 0o600)
    let client = try LocalConnection(path: place.path)
    let server = try needed(listener.accept())
    let opened = try FileDescriptor.open(FilePath(file.path), .readOnly)
    try server.send("here it is", passing: [opened.rawValue])
    try opened.close()
    let message = try needed(client.receive(upTo: 64))
    let text = message.text
    var descriptors = message.takeDescriptors()
    let received = try needed(descriptors.first.take())
    let number = received.number
    let isAlone = descriptors.second == nil
    #expect(isAlone)
    let content = try #require(try FileHandle(fileDescriptor: number).readToEnd())
    #expect(text == "here it is")
    #expect(String(decoding: content, as: UTF8.self) == "held by another")
  }

  @Test func `Two descriptors arrive in their order, and three are refused`() throws {
    let files = [try TestFile(Array("one".utf8)), try TestFile(Array("two".utf8))]
    let listener = try LocalListener(path: place.path, mode: 0o600)
    let client = try LocalConnection(path: place.path)
    let server = try needed(listener.accept())
    let opened = try files.map { try FileDescriptor.open(FilePath($0.path), .readOnly) }
    try server.send("both", passing: opened.map(\.rawValue))
    var descriptors = try needed(client.receive(upTo: 64)).takeDescriptors()
    let first = try needed(descriptors.first.take())
    let second = try needed(descriptors.second.take())
    let numbers = [first.number, second.number]
    let contents = try numbers.map { try FileHandle(fileDescriptor: $0).readToEnd() }
    #expect(contents == [Data("one".utf8), Data("two".utf8)])
    #expect(throws: SystemError.self) { try server.send("three", passing: opened.map(\.rawValue) + [0]) }
    for descriptor in opened { try descriptor.close() }
  }

  @Test func `Whoever goes leaves an empty message`() throws {
    let listener = try LocalListener(path: place.path, mode: 0o600)
    func connectAndGo() throws { _ = try LocalConnection(path: place.path) }
    try connectAndGo()
    let server = try needed(listener.accept())
    let text = try needed(server.receive(upTo: 64)).text
    #expect(text.isEmpty)
  }

  @Test func `The kernel says who is at the other end`() throws {
    let listener = try LocalListener(path: place.path, mode: 0o600)
    let client = try LocalConnection(path: place.path)
    let server = try needed(listener.accept())
    let peer = try server.peer()
    #expect(peer.process == getpid())
    #expect(peer.user == geteuid())
    #expect(peer.groups.contains(getegid()))
    #expect(peer.userName == NSUserName())
    try client.send("still there")
  }

  @Test func `Where somebody listens nobody else can, and where somebody did anybody may`() throws {
    func listenAndGo() throws {
      let listener = try LocalListener(path: place.path, mode: 0o600)
      #expect(throws: SystemError.self) { _ = try LocalListener(path: place.path, mode: 0o600) }
      _ = listener.descriptorNumber
    }
    try listenAndGo()
    try listenAndGo()
    #expect(!FileManager.default.fileExists(atPath: place.path))
  }

  @Test func `A file that is no socket is not taken away`() throws {
    let file = try TestFile([1, 2, 3])
    #expect(throws: SystemError.self) { _ = try LocalListener(path: file.path, mode: 0o600) }
    #expect(FileManager.default.contents(atPath: file.path) == Data([1, 2, 3]))
  }

  @Test func `A path that is too long for a socket is refused with the reason`() {
    let path = "/tmp/" + String(repeating: "x", count: 200)
    #expect(throws: SystemError.self) { _ = try LocalConnection(path: path) }
  }
}
