import Pack
import Wire

/// A path of a pack, as `inspect` shows it.
struct Listing {
  /// What it is asked for as.
  let path: String
  /// Where its record stands.
  let location: RecordLocation
  /// The hash of the path, which its index entry must have.
  let hash: PathHash
  /// Where it leads to; empty for a file.
  let target: String
  /// The file; nil for a redirect.
  let representation: Representation?
  /// The file's entity tag.
  let tag: String
  /// The file's media type.
  let type: String

  /// Reads the record at a place.
  init(_ location: RecordLocation, _ reader: inout PackReader) throws(CommandFailure) {
    let record = try reader.record(at: location)
    self.location = location
    path = reader.text(record.path)
    hash = PathHash(reader.bytes().extracting(record.path), seed: reader.superblock.hashSeed)
    target = reader.text(record.target)
    guard record.kind == .file else {
      representation = nil
      tag = ""
      type = ""
      return
    }
    let file = try reader.representation(of: record, at: location)
    let head = file.head
    representation = file
    tag = reader.text((head.offset + head.entityTag.lowerBound)..<(head.offset + head.entityTag.upperBound))
    let content = reader.text((head.offset + head.content.lowerBound)..<(head.offset + head.content.upperBound))
    let line = content.split(separator: "\r\n").first { $0.hasPrefix("Content-Type: ") }
    type = line.map { String($0.dropFirst("Content-Type: ".count)) } ?? ""
  }

  /// A row of the table.
  func row(width: Int) -> String {
    let name = path + String(repeating: " ", count: max(width - path.count, 0))
    guard let representation else { return "\(name)  → \(target)" }
    let size = String(representation.body.count)
    let padded = String(repeating: " ", count: max(10 - size.count, 0)) + size
    let place = "block \(location.block.value)"
    return "\(name)  \(padded)  \(place)  \(tag)  \(type)"
  }

  /// The same as a JSON object on one line.
  var json: String {
    let record = "\"block\":\(location.block.value),\"offset\":\(location.offset)"
    guard let representation else { return "{\"path\":\"\(path.json)\",\"redirect\":\"\(target.json)\",\(record)}" }
    let body = representation.body
    return """
      {"path":"\(path.json)","type":"\(type.json)","size":\(body.count),"etag":"\(tag.json)",\(record),\
      "bodyBlock":\(body.block.value),"bodyOffset":\(body.offset)}
      """
  }
}

extension String {
  /// The text as it stands between the quotes of a JSON string.
  var json: String {
    unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case _ where scalar.value < 0x20:
        "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }.joined()
  }
}
