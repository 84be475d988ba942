import LinuxLink

/// How blocks are read, in words for a person.
struct ReadsText: CustomStringConvertible {
  let description: String

  init(_ reader: borrowing BlockReader) {
    let direct = reader.file.bufferingReason == nil ? "past the page cache" : "through the page cache"
    let method = reader.method == .uring ? "io_uring" : "threads"
    let reason = reader.refusal.map { " (io_uring: \($0.code))" } ?? ""
    description = "reads by \(method) \(direct)\(reason)"
  }
}
