import Wire

/// What the conditions of a request make of it (RFC 9110 §13.2.2).
package enum PreconditionOutcome: Equatable, Sendable {
  /// It is answered as asked.
  case proceed
  /// The client has it already: 304.
  case notModified
  /// What the client insists on is not so: 412.
  case failed
}

/// The validators of a representation.
package struct Validators: ~Escapable {
  /// The entity tag, quotes included.
  package let entityTag: RawSpan
  /// When it was last changed, in seconds since 1970; nil when that is not known.
  package let lastModified: Int64?

  /// Validators of a representation.
  @_lifetime(copy entityTag)
  package init(entityTag: RawSpan, lastModified: Int64?) {
    self.entityTag = entityTag
    self.lastModified = lastModified
  }
}

extension RequestHead {
  /// Weighs the conditions in the order the RFC gives them. A date that is none is as if it were not there.
  /// - Parameters:
  ///   - validators: of the representation that would be sent.
  ///   - request: the bytes of the request.
  ///   - now: the present, in seconds since 1970.
  package func evaluate(_ validators: borrowing Validators, in request: RawSpan, now: Int64) -> PreconditionOutcome {
    if !ifMatch.isEmpty {
      guard EntityTag.matchesStrongly(ifMatch.bytes(of: request), validators.entityTag) else { return .failed }
    } else if !ifUnmodifiedSince.isEmpty, let modified = validators.lastModified,
      let date = HTTPDate.parse(ifUnmodifiedSince.bytes(of: request), now: now), modified > date
    {
      return .failed
    }
    if !ifNoneMatch.isEmpty {
      let isKnown = EntityTag.matchesWeakly(ifNoneMatch.bytes(of: request), validators.entityTag)
      return isKnown ? .notModified : .proceed
    }
    if !ifModifiedSince.isEmpty, let modified = validators.lastModified,
      let date = HTTPDate.parse(ifModifiedSince.bytes(of: request), now: now), modified <= date
    {
      return .notModified
    }
    return .proceed
  }

  /// Whether If-Range lets the range stand: the client's part is of this very representation (RFC 9110 §13.1.5).
  package func rangeStands(_ validators: borrowing Validators, in request: RawSpan, now: Int64) -> Bool {
    guard !ifRange.isEmpty else { return true }
    let value = ifRange.bytes(of: request)
    if value.byte(at: 0) == 0x22 || EntityTag.isWeak(value) {
      return !EntityTag.isWeak(value) && value.elementsEqual(validators.entityTag)
    }
    // A date must be the very date, and that it is a strong validator is known of files that are packed.
    guard let date = HTTPDate.parse(value, now: now) else { return false }
    return validators.lastModified == date
  }
}
