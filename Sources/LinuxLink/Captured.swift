package import Link
import Wire

/// A device all of whose frames are also written to a capture, in both directions, as they are handed over.
///
/// What goes out stands there as the device is given it: super-frames whole, checksums that the device finishes
/// unfinished. A frame that the device did not take is not written; it comes again. The frames of one turn of the loop
/// are in the file after its `flush`.
package struct Captured<Device: LinkDevice & ~Copyable>: ~Copyable, LinkDevice {
  /// The device that carries the frames.
  package var device: Device

  /// Whether every frame could be written so far; false once the disk is full. Frames pass all the same.
  package private(set) var isComplete = true

  private let file: CaptureFile
  private var assembled = ByteArena(byteCount: CaptureFile.longestFrame)
  private var hasNews = false

  /// Captures what passes through a device.
  package init(_ device: consuming Device, to file: consuming CaptureFile) {
    self.device = device
    self.file = file
  }

  /// Those of the device.
  package var properties: LinkProperties { device.properties }

  /// Those of the device.
  package var counters: LinkCounters { device.counters }

  /// The device's next frame, written down.
  @_lifetime(&self)
  package mutating func receive() -> ReceivedFrame? {
    guard let frame = device.receive() else { return nil }
    file.append(frame.bytes)
    hasNews = true
    return frame
  }

  /// Sends a frame through the device and writes it down if it was taken.
  package mutating func transmit(_ frame: borrowing OutgoingFrame) -> Bool {
    guard device.transmit(frame) else { return false }
    let count = min(frame.byteCount, CaptureFile.longestFrame)
    assemble(frame)
    file.append(assembled.bytes(at: 0, count: count))
    hasNews = true
    return true
  }

  /// Pushes out what the device has queued, and what was written down.
  package mutating func flush() {
    device.flush()
    guard hasNews else { return }
    hasNews = false
    if !file.flush() { isComplete = false }
  }

  /// Whether the device is still there after an error.
  package mutating func recover() -> Bool { device.recover() }

  /// Puts the pieces of a frame together, as far as a capture keeps them.
  private mutating func assemble(_ frame: borrowing OutgoingFrame) {
    var end = assemble(frame.header, at: 0)
    end = assemble(frame.text.0, at: end)
    end = assemble(frame.text.1, at: end)
    end = assemble(frame.text.2, at: end)
    _ = assemble(frame.text.3, at: end)
  }

  private mutating func assemble(_ piece: RawSpan, at offset: Int) -> Int {
    let kept = piece.extracting(first: assembled.byteCount - offset)
    var memory = assembled.mutableBytes(at: offset, count: kept.byteCount)
    memory.copy(kept, to: 0)
    return offset + kept.byteCount
  }
}
