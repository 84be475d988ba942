import Claims
import LinuxLink

/// The file that says who holds what, for the broker that comes after this one.
struct BrokerRecords {
  /// Where it is.
  let path: String

  /// The grants of an earlier broker, those first that were made first.
  var grants: [ClaimTable.Grant] {
    guard let text = try? SmallFile.read(path) else { return [] }
    return text.split(separator: "\n").compactMap { ClaimTable.Grant(record: $0) }
  }

  /// Writes down who holds what; nobody leaves no file.
  func write(_ table: ClaimTable) throws(SystemError) {
    if table.count == 0 { SmallFile.remove(path) } else { try SmallFile.replace(path, with: table.records) }
  }
}
