import Pack
import Wire

/// A path of a pack, as `inspect` shows it.
struct Listing {
  /// What it is asked for as.
  let path: String
  /// Where its record stands.
  let location: RecordLocation
  /// Where it leads to; empty for a file.
  let target: String
  /// The status of a redirect; 0 for a file.
  let status: UInt16
  /// The file in each of its codings, as it is first; none for a redirect.
  let representations: [Representation]
  /// Their entity tags.
  let tags: [String]
  /// The file's media type.
  let type: String

  /// Reads the record at a place.
  init(_ location: RecordLocation, _ reader: inout PackReader) throws(CommandFailure) {
    let record = try reader.record(at: location)
    self.location = location
    path = reader.text(record.path)
    target = reader.text(record.target)
    status = record.status
    guard record.kind == .file else {
      (representations, tags, type) = ([], [], "")
      return
    }
    let forms = try reader.representations(of: record, at: location)
    representations = forms
    tags = forms.map { form in
      reader.text(
        (form.head.offset + form.head.entityTag.lowerBound)..<(form.head.offset + form.head.entityTag.upperBound))
    }
    let head = forms[0].head
    let content = reader.text((head.offset + head.content.lowerBound)..<(head.offset + head.content.upperBound))
    let line = content.split(separator: "\r\n").first { $0.hasPrefix("Content-Type: ") }
    type = line.map { String($0.dropFirst("Content-Type: ".count)) } ?? ""
  }

  /// The file as it is; nil for a redirect.
  var representation: Representation? { representations.first }
  /// Its entity tag.
  var tag: String { tags.first ?? "" }

  /// The blocks from that of the record to the last of the body; only the body's own where they are elsewhere.
  var blocks: String {
    guard let body = representation?.body, body.count > 0 else { return "\(location.block.value)" }
    let (first, last) = (body.block.value, body.lastBlock.value)
    let run = first == last ? "\(first)" : "\(first)-\(last)"
    return location.block.value == first ? run : "\(location.block.value), \(run)"
  }

  /// The cells of its row in the table.
  var row: [String] {
    guard let representation else { return [path, "", blocks, "", "\(status) → \(target)"] }
    let codings = representations.dropFirst().map { ", \($0.coding.name) \($0.body.count)" }.joined()
    return [path, String(representation.body.count), blocks, tag, type + codings]
  }

  /// The same as the fields of a JSON object.
  var json: String {
    let record = "\"block\":\(location.block.value),\"offset\":\(location.offset)"
    guard let representation else {
      return "\"path\":\"\(path.json)\",\"redirect\":\"\(target.json)\",\"status\":\(status),\(record)"
    }
    let body = representation.body
    let codings = zip(representations, tags).dropFirst().map { form, tag in
      """
      {"coding":"\(form.coding.name)","size":\(form.body.count),"etag":"\(tag.json)",\
      "bodyBlock":\(form.body.block.value),"bodyOffset":\(form.body.offset)}
      """
    }
    let modified = representation.lastModified.map { ",\"lastModified\":\($0)" } ?? ""
    return """
      "path":"\(path.json)","type":"\(type.json)","size":\(body.count),"etag":"\(tag.json)",\(record),\
      "bodyBlock":\(body.block.value),"bodyOffset":\(body.offset),"lastBlock":\(body.lastBlock.value),\
      "codings":[\(codings.joined(separator: ","))]\(modified)
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

  /// The text with spaces up to a width; a longer one as it is.
  func padded(to width: Int, isNumber: Bool = false) -> String {
    let spaces = String(repeating: " ", count: max(width - count, 0))
    return isNumber ? spaces + self : self + spaces
  }
}
