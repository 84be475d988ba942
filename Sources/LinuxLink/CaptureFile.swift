import CPcap
import Glibc
import SystemPackage

/// Why a capture could not be opened: libpcap's own words.
package struct CaptureError: Error, Equatable, CustomStringConvertible {
  /// What failed and why.
  package let description: String
}

/// A file of Ethernet frames, each with its time of day in nanoseconds, for tcpdump and Wireshark (pcap-savefile(5)).
@safe
package struct CaptureFile: ~Copyable {
  /// The most bytes of a frame that are kept, which is libpcap's own limit: every super-frame is kept whole.
  package static let longestFrame = 262_144

  private let handle: OpaquePointer
  private let dumper: OpaquePointer
  private let clock = WallClock()

  /// Makes the file, or empties the one that is there.
  package init(path: String) throws(CaptureError) {
    let link = unsafe pcap_open_dead_with_tstamp_precision(
      DLT_EN10MB, Int32(CaptureFile.longestFrame), UInt32(PCAP_TSTAMP_PRECISION_NANO))
    guard let handle = unsafe link else { throw CaptureError(description: "cannot make a capture: out of memory") }
    guard let dumper = unsafe pcap_dump_open(handle, path) else {
      let code = lastError
      let reason = unsafe String(cString: pcap_geterr(handle))
      unsafe pcap_close(handle)
      let folder = SystemError.folder(of: path)
      let advice = code == .noSuchFileOrDirectory ? "\n  make its directory:  mkdir -p \(folder)" : ""
      throw CaptureError(description: "cannot write a capture to \(reason)\(advice)")
    }
    // The file is a capture from the start, though an empty one.
    guard unsafe pcap_dump_flush(dumper) == 0 else {
      let reason = lastError
      unsafe pcap_dump_close(dumper)
      unsafe pcap_close(handle)
      throw CaptureError(description: "cannot write a capture to \(path): \(reason)")
    }
    unsafe self.handle = handle
    unsafe self.dumper = dumper
  }

  deinit {
    unsafe pcap_dump_close(dumper)
    unsafe pcap_close(handle)
  }

  /// Adds a frame that passed just now.
  package borrowing func append(_ frame: RawSpan) {
    let time = clock.reading
    // With this precision the field for microseconds holds nanoseconds.
    var header = pcap_pkthdr()
    header.ts = timeval(tv_sec: time.tv_sec, tv_usec: time.tv_nsec)
    header.len = UInt32(truncatingIfNeeded: frame.byteCount)
    header.caplen = min(header.len, UInt32(CaptureFile.longestFrame))
    unsafe frame.withUnsafeBytes { bytes in
      unsafe pcap_dump(
        UnsafeMutablePointer(dumper), &header, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
    }
  }

  /// Writes to the disk's cache what was added, so that others can read it.
  /// - Returns: false when the file can not be written any more, as when the disk is full.
  package borrowing func flush() -> Bool {
    unsafe pcap_dump_flush(dumper) == 0
  }
}
