extension TCPOptions {
  /// Bytes of the options as written here, a multiple of four, at most 40.
  @inlinable
  package var byteCount: Int {
    switch self {
    case .none: 0
    case .handshake(let options): options.byteCount
    case .segment(let options): options.byteCount
    }
  }

  /// Writes the options at `offset`; traps where they do not fit.
  @inlinable
  package func write(to bytes: inout MutableRawSpan, at offset: Int) {
    switch self {
    case .none: break
    case .handshake(let options): options.write(to: &bytes, at: offset)
    case .segment(let options): options.write(to: &bytes, at: offset)
    }
  }
}

extension HandshakeOptions {
  /// Bytes of the options with the padding that aligns each to four.
  package var byteCount: Int {
    var count = 0
    if maximumSegmentSize != nil { count += 4 }
    if windowScale != nil { count += 4 }
    if timestamps != nil { count += 12 } else if selectiveAcknowledgments { count += 4 }
    return count
  }

  /// Writes the options at `offset`. SACK-permitted takes the place of the padding before timestamps, as Linux does it.
  package func write(to bytes: inout MutableRawSpan, at offset: Int) {
    var offset = offset
    if let maximumSegmentSize {
      bytes.store(0x0204_0000 | UInt32(maximumSegmentSize), at: offset)
      offset += 4
    }
    let padding: UInt32 = selectiveAcknowledgments ? 0x0402_0000 : 0x0101_0000
    if let timestamps {
      bytes.store(padding | 0x080A, at: offset)
      bytes.store(timestamps.value, at: offset + 4)
      bytes.store(timestamps.echo, at: offset + 8)
      offset += 12
    } else if selectiveAcknowledgments {
      bytes.store(0x0101_0402 as UInt32, at: offset)
      offset += 4
    }
    if let windowScale {
      bytes.store(0x0103_0300 | UInt32(windowScale), at: offset)
    }
  }
}

extension SegmentOptions {
  /// Bytes of the options with the padding that aligns each to four.
  package var byteCount: Int {
    (timestamps == nil ? 0 : 12) + (blockCount == 0 ? 0 : 4 + 8 * blockCount)
  }

  /// How many blocks are written: beside timestamps only three have room, and a fourth is left out (RFC 2018 §3).
  private var blockCount: Int { min(selective.count, timestamps == nil ? SelectiveBlocks.capacity : 3) }

  /// Writes the options at `offset`.
  package func write(to bytes: inout MutableRawSpan, at offset: Int) {
    var offset = offset
    if let timestamps {
      bytes.store(0x0101_080A as UInt32, at: offset)
      bytes.store(timestamps.value, at: offset + 4)
      bytes.store(timestamps.echo, at: offset + 8)
      offset += 12
    }
    guard blockCount > 0 else { return }
    bytes.store(0x0101_0500 | UInt32(2 + 8 * blockCount), at: offset)
    offset += 4
    for index in 0..<blockCount {
      bytes.store(selective[index].left.value, at: offset)
      bytes.store(selective[index].right.value, at: offset + 4)
      offset += 8
    }
  }
}
