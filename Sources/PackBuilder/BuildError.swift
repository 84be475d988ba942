package import SystemPackage

/// Why a directory was not packed. Unless the target is a device, whatever pack stood there before stands there still.
package indirect enum BuildError: Error, Equatable, CustomStringConvertible {
  /// There is no such directory.
  case noDirectory(String)
  /// The path is no directory.
  case notADirectory(String)
  /// There is nothing in it to pack.
  case empty(String)
  /// The system refused to do something to a path.
  case system(String, String, Errno)
  /// A file was changed between the two times that it is read.
  case changed(String)
  /// A path is too long to be asked for.
  case pathTooLong(String)
  /// The fields of a path's response leave no room for its head.
  case headTooLong(String)
  /// A field that is to be added is none.
  case badField(String)
  /// A field that is to be added is not a person's to set.
  case reservedField(String)
  /// A media type that is to be known is none.
  case badMediaType(String)
  /// What is wrong on a line of a file of rules, or with an option, whose line is 0.
  case badRule(String, line: Int, String)
  /// A page that is to be sent with a status is not in the site.
  case noErrorPage(UInt16, String)
  /// More blocks than a pack can have.
  case tooLarge
  /// The pack cannot be written there: it is no file, no block device and not a place for one.
  case badTarget(String, String)
  /// A block device has fewer bytes than the pack needs.
  case deviceTooSmall(String, needed: UInt64, available: UInt64)
  /// Somebody asked to stop.
  case interrupted
  /// A block device was not written to the end, and holds no pack any more.
  case unfinishedDevice(String, BuildError)
}
