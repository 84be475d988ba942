package import SystemPackage

/// Why a directory was not packed. Whatever stood at the target before stands there still.
package enum BuildError: Error, CustomStringConvertible {
  /// There is no such directory.
  case noDirectory(String)
  /// The path is no directory.
  case notADirectory(String)
  /// There is nothing in it to pack.
  case empty(String)
  /// The system refused to do something to a path.
  case system(String, String, Errno)
  /// A file was changed while it was read.
  case changed(String)
  /// A path is too long to be asked for.
  case pathTooLong(String)
  /// The fields of a path's response leave no room for its head.
  case headTooLong(String)
  /// A field that is to be added is none.
  case badField(String)
  /// More blocks than a pack can have.
  case tooLarge

  /// What failed, why, and what to type.
  package var description: String {
    switch self {
    case .noDirectory(let path):
      "cannot pack \(path): there is no such directory\n  look for it:   ls -d \(path)*"
    case .notADirectory(let path):
      "cannot pack \(path): it is not a directory\n  pack the directory it is in, or serve a pack as it is: cheetah serve \(path)"
    case .empty(let path): "cannot pack \(path): there are no files in it"
    case .system(let what, let path, let code): "cannot \(what) \(path): \(code)"
    case .changed(let path):
      "cannot pack \(path): it was changed while it was read\n  try again when nobody writes to it"
    case .pathTooLong(let path): "cannot pack \(path): a path has at most 2,048 bytes"
    case .headTooLong(let path):
      "cannot pack \(path): its response would have a head of more than 896 bytes\n  use fewer or shorter --header"
    case .badField(let field): "cannot add the field \"\(field)\": it must be of the form 'Name: value'"
    case .tooLarge: "cannot pack that much: a pack has at most 256 TiB"
    }
  }
}
