import Foundation
import Link
import LinuxLink
import TestKit
import Testing
import Wire

/// What stands in a capture after frames have passed, read back by libpcap.
struct CapturedTests {
  private static func records(of file: TestFile) throws -> [CaptureReader.Record] {
    let reader = try CaptureReader(path: file.path)
    var records: [CaptureReader.Record] = []
    while let record = try reader.next() { records.append(record) }
    return records
  }

  private static func captured(to file: TestFile, arrivals: [[UInt8]] = []) throws -> Captured<ScriptedDevice> {
    var device = ScriptedDevice()
    device.arrivals = arrivals.map { ScriptedDevice.Arrival($0) }
    return Captured(device, to: try CaptureFile(path: file.path))
  }

  private static func receive(_ link: inout Captured<ScriptedDevice>) -> [UInt8]? {
    guard let frame = link.receive() else { return nil }
    return [UInt8](copying: frame.bytes)
  }

  @Test func `Frames of both directions stand in the order in which they passed`() throws {
    let file = try TestFile(nil)
    let (incoming, outgoing) = ([UInt8](repeating: 1, count: 60), [UInt8](repeating: 2, count: 61))
    var link = try CapturedTests.captured(to: file, arrivals: [incoming, incoming])
    let first = CapturedTests.receive(&link)
    #expect(first == incoming)
    let isTaken = link.transmit(OutgoingFrame(header: outgoing.rawSpan))
    #expect(isTaken)
    let second = CapturedTests.receive(&link)
    #expect(second == incoming)
    link.flush()
    #expect(try CapturedTests.records(of: file).map(\.bytes) == [incoming, outgoing, incoming])
    #expect(link.device.flushCount == 1)
  }

  @Test func `A super-frame in five pieces stands there whole, as it was handed over`() throws {
    let file = try TestFile(nil)
    var link = try CapturedTests.captured(to: file)
    let frame = (0..<52_059).map { UInt8(truncatingIfNeeded: $0 / 7) }
    let bytes = frame.rawSpan
    let isTaken = link.transmit(
      OutgoingFrame(
        header: bytes.extracting(0..<54), text: bytes.extracting(54..<13_055), bytes.extracting(13_055..<26_056),
        bytes.extracting(26_056..<39_058), bytes.extracting(39_058..<52_059),
        offload: .segmentation(size: 1_460, start: 34, offset: 16)))
    #expect(isTaken)
    link.flush()
    let records = try CapturedTests.records(of: file)
    #expect(records.map(\.bytes) == [frame])
    #expect(records.first?.byteCount == frame.count)
  }

  @Test func `A frame that the device refused is not written`() throws {
    let file = try TestFile(nil)
    var link = try CapturedTests.captured(to: file)
    link.device.room = 0
    let isTaken = link.transmit(OutgoingFrame(header: [UInt8](repeating: 0, count: 60).rawSpan))
    #expect(!isTaken)
    link.flush()
    #expect(try CapturedTests.records(of: file).isEmpty)
  }

  @Test func `Frames carry the time of day and never go back`() throws {
    let file = try TestFile(nil)
    let before = WallClock().unixSeconds
    var link = try CapturedTests.captured(to: file, arrivals: (0..<20).map { [UInt8](repeating: $0, count: 60) })
    while CapturedTests.receive(&link) != nil {}
    link.flush()
    let times = try CapturedTests.records(of: file).map(\.nanoseconds)
    #expect(times.count == 20)
    #expect(times == times.sorted())
    let seconds = try #require(times.first) / 1_000_000_000
    #expect((before...WallClock().unixSeconds).contains(seconds))
  }

  @Test func `Times have nanoseconds`() throws {
    let file = try TestFile(nil)
    let link = try CapturedTests.captured(to: file)
    _ = consume link
    let magic = try Data(contentsOf: URL(fileURLWithPath: file.path)).prefix(4)
    #expect([UInt8](magic) == [0x4D, 0x3C, 0xB2, 0xA1])
  }

  @Test func `The device's properties and counters shine through`() throws {
    let file = try TestFile(nil)
    var link = try CapturedTests.captured(to: file, arrivals: [[UInt8](repeating: 0, count: 60)])
    let received = CapturedTests.receive(&link)
    #expect(received?.count == 60)
    #expect(link.counters.framesIn == 1)
    #expect(link.properties.largestSuperSegment == 65_455)
  }

  @Test func `A capture that can not be made says where and why`() {
    let error = #expect(throws: CaptureError.self) { _ = try CaptureFile(path: "/nowhere/at/all.pcap") }
    #expect(error?.description.contains("/nowhere/at/all.pcap") == true)
    #expect(error?.description.contains("No such file") == true)
  }

  @Test func `A file that is no capture is an error, not a trap`() throws {
    let file = try TestFile([UInt8](repeating: 7, count: 100))
    #expect(throws: CaptureError.self) { _ = try CaptureReader(path: file.path) }
  }
}
