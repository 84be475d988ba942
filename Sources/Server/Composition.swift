import HTTP
import Pack

/// What a response says, before it is spelled out.
enum Composition {
  /// A file, or what of it was asked for; its record stands in the block.
  case file(Representation, Selection, BlockNumber)
  /// The head before several parts of a file, and the bytes of everything that follows it.
  case parts(Representation, length: UInt64, BlockNumber)
  /// What stands before one of several parts.
  case part(Representation, Range<UInt64>, BlockNumber)
  /// What stands behind the last of several parts.
  case lastPart(Representation, BlockNumber)
  /// A page of the site's own with an error, and the bytes of the file that does not have the range that was asked for; its
  /// record stands in the block.
  case errorPage(Status, Representation, ofLength: UInt64?, BlockNumber)
  /// Another place to ask at, whose reference and field lines stand in the block's payload.
  case redirect(Status, Range<Int>, fields: Range<Int>, BlockNumber)
  /// The same, whose reference was made by a rule: so many bytes of it stand in `ruledPath`.
  case ruledRedirect(Status, count: Int, RecordLocation)
  /// A file of so many bytes does not have the range.
  case unsatisfied(UInt64)
  /// A status alone.
  case page(Status)

  /// The status that says so.
  var status: Status {
    switch self {
    case .file(_, let selection, _): selection.status
    case .parts, .part, .lastPart: .partialContent
    case .errorPage(let status, _, _, _), .redirect(let status, _, _, _), .ruledRedirect(let status, _, _): status
    case .unsatisfied: .rangeNotSatisfiable
    case .page(let status): status
    }
  }

  /// How the content is coded; nil where it is no file's.
  var coding: Representation.Coding? {
    switch self {
    case .file(let file, _, _), .parts(let file, _, _), .errorPage(_, let file, _, _): file.coding
    case .part, .lastPart, .redirect, .ruledRedirect, .unsatisfied, .page: nil
    }
  }

  /// What of the pack is the body; nil where the body, if there is one, is composed with the head.
  var body: BodyCursor? {
    switch self {
    case .file(let representation, let selection, _):
      guard let range = selection.range(of: representation.body.count) else { return nil }
      return BodyCursor(range, of: representation.body)
    case .errorPage(_, let page, _, _): return BodyCursor(0..<page.body.count, of: page.body)
    case .parts, .part, .lastPart, .redirect, .ruledRedirect, .unsatisfied, .page: return nil
    }
  }
}

/// What of a file is sent.
enum Selection: Equatable {
  /// All of it.
  case whole
  /// These bytes of it.
  case part(Range<UInt64>)
  /// Nothing: the client has it.
  case notModified

  /// The status that says so.
  var status: Status {
    switch self {
    case .whole: .ok
    case .part: .partialContent
    case .notModified: .notModified
    }
  }

  /// The bytes of the body, of so many; nil where none are sent.
  func range(of count: UInt64) -> Range<UInt64>? {
    switch self {
    case .whole: 0..<count
    case .part(let range): range
    case .notModified: nil
    }
  }
}
