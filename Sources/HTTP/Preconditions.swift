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
    // OPTIONS selects no representation, so nothing can be said of one.
    guard method == .get || method == .head else { return .proceed }
    if has(.ifMatch) {
      guard lists(validators, .ifMatch, from: ifMatch, in: request, by: .strong) else { return .failed }
    } else if !ifUnmodifiedSince.isEmpty, let modified = validators.lastModified,
      let date = HTTPDate.parse(ifUnmodifiedSince.bytes(of: request), now: now), modified > date
    {
      return .failed
    }
    if has(.ifNoneMatch) {
      return lists(validators, .ifNoneMatch, from: ifNoneMatch, in: request, by: .weak) ? .notModified : .proceed
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
    guard has(.ifRange) else { return true }
    let value = ifRange.bytes(of: request)
    if let given = EntityTag(value) {
      guard let tag = EntityTag(validators.entityTag) else { return false }
      return tag.matches(given, by: .strong)
    }
    // A date must be the very date, and that it is a strong validator is known of files that are packed.
    guard let date = HTTPDate.parse(value, now: now) else { return false }
    return validators.lastModified == date
  }

  /// Whether a line of a list of tags names the representation, or is `*`, which any representation fulfils.
  private func lists(
    _ validators: borrowing Validators, _ field: KnownField, from first: FieldSlice, in request: RawSpan,
    by comparison: EntityTag.Comparison
  ) -> Bool {
    var line: FieldSlice? = first
    while let slice = line {
      let list = slice.bytes(of: request)
      if list.equals("*") { return true }
      if let tag = EntityTag(validators.entityTag), tag.isListed(in: list, by: comparison) { return true }
      line = nextLine(of: field, after: slice, in: request)
    }
    return false
  }
}
