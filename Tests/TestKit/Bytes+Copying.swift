import Wire

extension [UInt8] {
  /// A copy of the bytes of a span, to be kept or compared.
  package init(copying span: RawSpan) {
    self.init(count: span.byteCount) { bytes in bytes.copy(span, to: 0) }
  }
}
