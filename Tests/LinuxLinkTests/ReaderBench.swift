import LinuxLink
import TestKit
import Testing
import Time

/// A file, memory, and a reader between them.
struct ReaderBench: ~Copyable {
  var reader: BlockReader
  private let file: TestFile
  private let region: BlockRegion
  private var poller: Poller

  /// A reader of a file with these bytes.
  /// - Parameter faults: how the disk misbehaves.
  init(
    _ bytes: [UInt8], frames: Int, by method: ReadMethod?, depth: Int = 40, mostBlocks: Int = 256,
    faults: ReadFaults? = nil
  ) throws {
    let (file, region) = (try TestFile(bytes), BlockRegion(frameCount: frames))
    let pack = try BlockFile(path: file.path, faults: faults)
    let reader = try BlockReader(
      file: pack, into: region, by: method, depth: #require(ReadDepth(reads: depth)), mostBlocks: mostBlocks)
    var poller = Poller()
    _ = poller.watch(reader.descriptorNumber)
    (self.file, self.region) = (file, region)
    self.reader = reader
    self.poller = poller
  }

  /// Asks for consecutive blocks.
  /// - Parameter part: the bytes of the first block that are asked for.
  mutating func submit(_ blocks: [Int], into frames: [Int], part: Range<Int> = 0..<65_536) -> Bool {
    var request = ReadRequest(block: UInt64(blocks[0]), frame: frames[0], part: part)
    for (block, frame) in zip(blocks, frames).dropFirst() {
      guard request.append(block: UInt64(block), frame: frame) else { return false }
    }
    return reader.submit(request)
  }

  /// The next `count` completions; fewer when none come for ten seconds.
  mutating func take(_ count: Int) -> [ReadCompletion] {
    reader.flush()
    var taken: [ReadCompletion] = []
    while taken.count < count, !poller.wait(until: MonotonicClock().now + .seconds(10)).isEmpty {
      while let completion = reader.nextCompletion() { taken.append(completion) }
    }
    return taken
  }

  /// Waits until a read has ended, for ten seconds at most, and lets the reader know.
  mutating func gather() {
    reader.flush()
    _ = poller.wait(until: MonotonicClock().now + .seconds(10))
    reader.gather()
  }

  /// Whether there is nothing to wake up for.
  var isQuiet: Bool {
    mutating get { poller.wait(until: .epoch).isEmpty }
  }

  /// What all bytes of a frame are; nil when they differ.
  func byte(ofFrame frame: Int) -> UInt8? {
    let bytes = [UInt8](copying: region.bytes(of: frame))
    return bytes.allSatisfy { $0 == bytes[0] } ? bytes[0] : nil
  }

  /// Fills frames with zeros, which are the bytes of block 0.
  mutating func clear(_ frames: Range<Int>) {
    for frame in frames { #expect(submit([0], into: [frame]) == true) }
    #expect(take(frames.count).allSatisfy { $0.outcome == .filled })
  }

  /// Where in a frame other bytes than zeros stand, and all of them are the same; nil where they are not, or not side by side.
  func filled(ofFrame frame: Int) -> Range<Int>? {
    let bytes = [UInt8](copying: region.bytes(of: frame))
    guard let first = bytes.firstIndex(where: { $0 != 0 }), let last = bytes.lastIndex(where: { $0 != 0 }),
      bytes[first...last].allSatisfy({ $0 == bytes[first] })
    else { return nil }
    return first..<(last + 1)
  }

  deinit {
    reader.shutDown()
  }
}
