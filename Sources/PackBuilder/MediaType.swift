/// The media type that a file is sent as (RFC 9110 §8.3), by the ending of its name.
enum MediaType {
  /// The value of the Content-Type field; text says that it is UTF-8, nothing else does.
  static func ofFile(named name: String) -> String {
    guard let dot = name.lastIndex(of: "."), let type = byEnding[name[name.index(after: dot)...].lowercased()] else {
      return "application/octet-stream"
    }
    return isText(type) ? type + "; charset=utf-8" : type
  }

  /// Whether a file of this type is made of characters.
  static func isText(_ type: String) -> Bool {
    type.hasPrefix("text/") || type == "application/json" || type == "application/xml"
      || type == "application/manifest+json" || type == "application/ld+json"
  }

  private static let byEnding: [String: String] = [
    "html": "text/html", "htm": "text/html", "xhtml": "application/xhtml+xml", "css": "text/css",
    "js": "text/javascript", "mjs": "text/javascript", "cjs": "text/javascript", "json": "application/json",
    "map": "application/json", "jsonld": "application/ld+json", "webmanifest": "application/manifest+json",
    "wasm": "application/wasm", "xml": "application/xml", "xsl": "application/xml", "rss": "application/rss+xml",
    "atom": "application/atom+xml", "txt": "text/plain", "text": "text/plain", "log": "text/plain",
    "md": "text/markdown", "csv": "text/csv", "tsv": "text/tab-separated-values", "ics": "text/calendar",
    "vtt": "text/vtt", "vcf": "text/vcard", "png": "image/png", "apng": "image/apng", "jpg": "image/jpeg",
    "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp", "avif": "image/avif", "jxl": "image/jxl",
    "svg": "image/svg+xml", "ico": "image/vnd.microsoft.icon", "bmp": "image/bmp", "tif": "image/tiff",
    "tiff": "image/tiff", "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf", "otf": "font/otf",
    "eot": "application/vnd.ms-fontobject", "mp3": "audio/mpeg", "m4a": "audio/mp4", "aac": "audio/aac",
    "ogg": "audio/ogg", "oga": "audio/ogg", "opus": "audio/ogg", "flac": "audio/flac", "wav": "audio/wav",
    "mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm", "ogv": "video/ogg", "mov": "video/quicktime",
    "mkv": "video/matroska", "m3u8": "application/vnd.apple.mpegurl", "mpd": "application/dash+xml",
    "ts": "video/mp2t", "pdf": "application/pdf", "epub": "application/epub+zip", "rtf": "application/rtf",
    "zip": "application/zip", "gz": "application/gzip", "tgz": "application/gzip", "bz2": "application/x-bzip2",
    "xz": "application/x-xz", "zst": "application/zstd", "7z": "application/x-7z-compressed",
    "tar": "application/x-tar", "rar": "application/vnd.rar", "jar": "application/java-archive",
    "deb": "application/vnd.debian.binary-package", "apk": "application/vnd.android.package-archive",
    "iso": "application/x-iso9660-image", "glb": "model/gltf-binary", "gltf": "model/gltf+json",
    "yaml": "application/yaml", "yml": "application/yaml", "toml": "application/toml",
    "sh": "text/x-shellscript", "py": "text/x-python", "c": "text/x-c", "h": "text/x-c", "swift": "text/x-swift",
  ]
}
