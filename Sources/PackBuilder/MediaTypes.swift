/// The media types that files are sent as (RFC 9110 §8.3), by the endings of their names.
struct MediaTypes: Equatable, Sendable {
  /// What is sent for an ending that nobody knows.
  static let unknown = "application/octet-stream"

  private let overrides: [String: String]
  private let charset: String?

  /// The known types, and before them others as `ending=type/subtype`.
  /// - Parameter charset: what is said of text; nil for nothing.
  /// - Throws: `badMediaType`.
  init(_ texts: [String] = [], charset: String? = "utf-8") throws(BuildError) {
    self.charset = charset
    var overrides: [String: String] = [:]
    for text in texts {
      guard let (ending, type) = MediaTypes.override(text) else { throw .badMediaType(text) }
      overrides[ending] = type
    }
    self.overrides = overrides
  }

  /// The value of the Content-Type field; nil when the name says nothing. Text is said to be UTF-8, unless
  /// the site says otherwise, and nothing else is.
  func type(ofFileNamed name: String) -> String? {
    let ending = MediaTypes.ending(of: name)
    if let type = overrides[ending] { return type }
    guard let type = MediaTypes.byName[name] ?? MediaTypes.byEnding[ending] else { return nil }
    guard let charset, type.hasPrefix("text/") else { return type }
    return type + "; charset=" + charset
  }

  /// What follows the last dot of a name, in small letters; empty where there is none.
  static func ending(of name: String) -> String {
    name.utf8.lastIndex(of: UInt8(ascii: ".")).map { name[name.utf8.index(after: $0)...].lowercased() } ?? ""
  }

  /// Whether content of a type is compressed already, in its own way.
  static func isCompressed(_ type: String) -> Bool {
    let name = type.prefix { $0 != ";" }
    let isMedia = ["image/", "video/", "audio/"].contains { name.hasPrefix($0) }
    return isMedia ? !plainMedia.contains(String(name)) : archives.contains(String(name)) || name.hasSuffix("+zip")
  }

  /// Changes with what is said to be compressed.
  static var compressionFingerprint: String { plainMedia.sorted().joined() + archives.sorted().joined() }

  /// Pictures and sounds that are not compressed.
  private static let plainMedia: Set<String> = [
    "image/svg+xml", "image/bmp", "image/vnd.microsoft.icon", "image/tiff", "audio/wav", "audio/midi",
  ]

  private static let archives: Set<String> = [
    "font/woff", "font/woff2", "application/zip", "application/gzip", "application/x-bzip2", "application/x-xz",
    "application/zstd", "application/x-7z-compressed", "application/vnd.rar", "application/java-archive",
    "application/vnd.debian.binary-package", "application/vnd.android.package-archive",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet",
  ]

  /// A person's `ending=type/subtype; parameters`.
  private static func override(_ text: String) -> (ending: String, type: String)? {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    let ending = (parts[0].hasPrefix(".") ? parts[0].dropFirst() : parts[0]).lowercased()
    let names = parts[1].prefix { $0 != ";" }.split(separator: "/", omittingEmptySubsequences: false)
    let isPrintable = parts[1].utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    guard !ending.isEmpty, isPrintable, parts[1].last != " ", names.count == 2, names.allSatisfy(ResponseRules.isToken)
    else { return nil }
    return (ending, String(parts[1]))
  }

  private static let byName: [String: String] = [
    "apple-app-site-association": "application/json", "LICENSE": "text/plain", "README": "text/plain",
  ]

  private static let byEnding: [String: String] = [
    "html": "text/html", "htm": "text/html", "xhtml": "application/xhtml+xml", "css": "text/css",
    "js": "text/javascript", "mjs": "text/javascript", "cjs": "text/javascript", "json": "application/json",
    "map": "application/json", "jsonld": "application/ld+json", "webmanifest": "application/manifest+json",
    "geojson": "application/geo+json", "wasm": "application/wasm", "xml": "application/xml", "xsl": "application/xml",
    "rss": "application/rss+xml", "atom": "application/atom+xml", "kml": "application/vnd.google-earth.kml+xml",
    "gpx": "application/gpx+xml", "txt": "text/plain", "text": "text/plain", "log": "text/plain", "asc": "text/plain",
    "md": "text/markdown", "csv": "text/csv", "tsv": "text/tab-separated-values", "ics": "text/calendar",
    "vtt": "text/vtt", "vcf": "text/vcard", "png": "image/png", "apng": "image/apng", "jpg": "image/jpeg",
    "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp", "avif": "image/avif", "jxl": "image/jxl",
    "heic": "image/heic", "svg": "image/svg+xml", "ico": "image/vnd.microsoft.icon", "bmp": "image/bmp",
    "tif": "image/tiff", "tiff": "image/tiff", "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf",
    "otf": "font/otf", "eot": "application/vnd.ms-fontobject", "mp3": "audio/mpeg", "m4a": "audio/mp4",
    "aac": "audio/aac", "ogg": "audio/ogg", "oga": "audio/ogg", "opus": "audio/ogg", "flac": "audio/flac",
    "wav": "audio/wav", "weba": "audio/webm", "mid": "audio/midi", "mp4": "video/mp4", "m4v": "video/mp4",
    "webm": "video/webm", "ogv": "video/ogg", "mov": "video/quicktime", "mkv": "video/matroska",
    "avi": "video/x-msvideo",
    "mpeg": "video/mpeg", "mpg": "video/mpeg", "3gp": "video/3gpp", "m3u8": "application/vnd.apple.mpegurl",
    "mpd": "application/dash+xml", "ts": "video/mp2t", "pdf": "application/pdf", "ps": "application/postscript",
    "epub": "application/epub+zip", "rtf": "application/rtf", "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text", "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "zip": "application/zip", "gz": "application/gzip", "tgz": "application/gzip", "bz2": "application/x-bzip2",
    "xz": "application/x-xz", "zst": "application/zstd", "7z": "application/x-7z-compressed",
    "tar": "application/x-tar", "rar": "application/vnd.rar", "jar": "application/java-archive",
    "deb": "application/vnd.debian.binary-package", "apk": "application/vnd.android.package-archive",
    "iso": "application/x-iso9660-image", "bin": "application/octet-stream", "exe": "application/octet-stream",
    "dmg": "application/octet-stream", "glb": "model/gltf-binary", "gltf": "model/gltf+json", "stl": "model/stl",
    "usdz": "model/vnd.usdz+zip", "yaml": "application/yaml", "yml": "application/yaml", "toml": "application/toml",
    "sh": "text/x-shellscript", "py": "text/x-python", "c": "text/x-c", "h": "text/x-c", "swift": "text/x-swift",
    "sha256": "text/plain", "sig": "application/pgp-signature",
  ]
}
