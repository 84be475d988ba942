import Wire

/// A content coding a site can hold its content in (RFC 9110 §8.4.1, RFC 7932, RFC 8878).
package enum ContentCoding: UInt8, CaseIterable, Sendable {
  /// As it is.
  case identity
  /// RFC 1952.
  case gzip
  /// Brotli.
  case br
  /// Zstandard.
  case zstd

  /// The server's order at equal weight, best first.
  static var byPreference: InlineArray<4, ContentCoding> { [.br, .zstd, .gzip, .identity] }

  /// The coding with this name, in whatever case, or `nil`. `x-gzip` is gzip (RFC 9110 §8.4.1.3).
  init?(_ name: RawSpan) {
    if name.equalsIgnoringCase("gzip") || name.equalsIgnoringCase("x-gzip") {
      self = .gzip
    } else if name.equalsIgnoringCase("br") {
      self = .br
    } else if name.equalsIgnoringCase("zstd") {
      self = .zstd
    } else if name.equalsIgnoringCase("identity") {
      self = .identity
    } else {
      return nil
    }
  }
}

/// A set of content codings: those that a resource is stored in.
package struct ContentCodings: OptionSet, Hashable, Sendable {
  /// A bit per coding.
  package let rawValue: UInt8

  /// The codings with these bits.
  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// One coding.
  package init(_ coding: ContentCoding) {
    rawValue = 1 &<< coding.rawValue
  }

  /// Content as it is.
  package static let identity = ContentCodings(.identity)
  /// RFC 1952.
  package static let gzip = ContentCodings(.gzip)
  /// Brotli.
  package static let br = ContentCodings(.br)
  /// Zstandard.
  package static let zstd = ContentCodings(.zstd)
}
