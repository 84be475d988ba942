import CPcap
import Glibc

/// Reads a capture of Ethernet frames back, from the first to the last.
@safe
package struct CaptureReader: ~Copyable {
  /// A frame and when it passed.
  package struct Record: Equatable, Sendable {
    /// Nanoseconds since 1970.
    package let nanoseconds: Int64
    /// Bytes the frame had.
    package let byteCount: Int
    /// The bytes that were kept.
    package let bytes: [UInt8]
  }

  private let handle: OpaquePointer

  /// Opens a capture that libpcap understands.
  package init(path: String) throws(CaptureError) {
    var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
    let opened = unsafe pcap_open_offline_with_tstamp_precision(path, UInt32(PCAP_TSTAMP_PRECISION_NANO), &message)
    guard let handle = unsafe opened else {
      let reason = String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      throw CaptureError(description: "cannot read a capture: \(reason)")
    }
    unsafe self.handle = handle
  }

  deinit {
    unsafe pcap_close(handle)
  }

  /// The next frame; nil at the end of the file.
  /// - Throws: when the file is damaged.
  package func next() throws(CaptureError) -> Record? {
    var header: UnsafeMutablePointer<pcap_pkthdr>?
    var start: UnsafePointer<UInt8>?
    let result = unsafe pcap_next_ex(handle, &header, &start)
    guard result != PCAP_ERROR_BREAK else { return nil }
    guard result == 1, let found = unsafe header?.pointee else {
      throw CaptureError(description: "cannot read a capture: \(unsafe String(cString: pcap_geterr(handle)))")
    }
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: Int(found.caplen)))
    let nanoseconds = Int64(found.ts.tv_sec) * 1_000_000_000 + Int64(found.ts.tv_usec)
    return Record(nanoseconds: nanoseconds, byteCount: Int(found.len), bytes: bytes)
  }

  /// The version of libpcap, in its own words.
  package static var libraryVersion: String {
    unsafe String(cString: pcap_lib_version())
  }
}
