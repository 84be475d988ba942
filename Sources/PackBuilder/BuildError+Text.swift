extension BuildError {
  /// What failed, why, and what to type.
  package var description: String {
    switch self {
    case .noDirectory, .notADirectory, .empty, .changed, .pathTooLong, .headTooLong, .noErrorPage, .tooLarge:
      siteSentence
    case .badField, .reservedField, .badMediaType: optionSentence
    case .badRule(let option, 0, let message): "\(option): \(message)"
    case .badRule(let file, let line, let message): "\(file):\(line): \(message)"
    case .badTarget, .deviceTooSmall: targetSentence
    case .system(let what, let path, let code): "cannot \(what) \(path): \(code)"
    case .interrupted: "interrupted: the site was not packed"
    case .unfinishedDevice(let path, let error): "\(error)\n  \(path) holds no pack now: pack the site again"
    }
  }

  /// What is wrong with the site.
  private var siteSentence: String {
    switch self {
    case .noDirectory(let path):
      "cannot pack \(path): there is no such directory\n  look for it:   ls -d \(path)*"
    case .notADirectory(let path):
      """
      cannot pack \(path): it is not a directory
        pack the directory it is in, or serve it as it is if it is a pack:   cheetah serve \(path)
      """
    case .empty(let path):
      "cannot pack \(path): there are no files in it\n  names that begin with a dot count with:   --dotfiles"
    case .changed(let path):
      "cannot pack \(path): it was changed while the site was packed\n  try again when nobody writes to it"
    case .pathTooLong(let path): "cannot pack \(path): a path has at most \(SiteScanner.longestPath) bytes"
    case .headTooLong(let path):
      "cannot pack \(path): the head of its response would be too long\n  use fewer or shorter:   --header"
    case .noErrorPage(let status, let path):
      "cannot pack the site: there is no \(path) in it, which is to be the page for \(status)"
    default: "cannot pack that much: a pack has at most 128 TiB"
    }
  }

  /// What is wrong with an option.
  private var optionSentence: String {
    switch self {
    case .badField(let field): "cannot add the field \"\(field)\": type it like   --header 'X-Frame-Options: DENY'"
    case .reservedField(let name): "cannot add the field \(name): it follows from the file, or the server decides it"
    case .badMediaType(let text): "cannot use the media type \"\(text)\": type it like   --mime 'foo=application/x-foo'"
    default: ""
    }
  }

  /// What is wrong with the place where the pack is to go.
  private var targetSentence: String {
    switch self {
    case .badTarget(let path, let reason): "cannot write the pack to \(path): \(reason)"
    case .deviceTooSmall(let path, let needed, let available):
      "cannot write the pack to \(path): it needs \(needed) bytes, and the device has \(available)"
    default: ""
    }
  }
}
