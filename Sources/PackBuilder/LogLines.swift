import SystemPackage

/// The lines of a text file, one after the other, so that the file may be larger than memory.
enum LogLines {
  /// Bytes of the longest line that is looked at.
  private static let longest = 1 << 16

  /// Hands each line to `body`, without its end. What is not UTF-8 is repaired, what is too long is passed over.
  static func forEach(in path: String, _ body: (Substring) -> Void) throws(BuildError) {
    let descriptor: FileDescriptor
    do {
      descriptor = try FileDescriptor.open(FilePath(path), .readOnly, options: [.closeOnExec])
    } catch {
      throw .system("open", path, error as? Errno ?? .ioError)
    }
    defer { try? descriptor.close() }
    var (memory, rest): ([UInt8], [UInt8]) = ([UInt8](repeating: 0, count: 1 << 18), [])
    while true {
      let count: Int
      do throws(Errno) {
        count = try FileSystem.read(descriptor, into: &memory)
      } catch {
        throw .system("read", path, error)
      }
      if count == 0 { break }
      var pieces = memory[..<count].split(separator: 0x0A, omittingEmptySubsequences: false)
      let last = pieces.removeLast()
      for piece in pieces {
        body(Substring(decoding: rest + piece, as: UTF8.self))
        rest = []
      }
      rest = rest.count + last.count > longest ? [] : rest + last
    }
    if !rest.isEmpty { body(Substring(decoding: rest, as: UTF8.self)) }
  }
}
