/// A number that a server tells, with the name and the words under which Prometheus knows it.
struct Metric: Sendable {
  /// How the number moves.
  enum Kind: String, Sendable {
    /// It only grows.
    case counter
    /// It goes up and down.
    case gauge
  }

  /// The name, without the `cheetah_` before it.
  let name: String
  /// How the number moves.
  let kind: Kind
  /// What it is; where Linux or gVisor count the same, by what name.
  let help: String
  /// The label that tells its values apart; empty where there is one value.
  let label: String
  /// The values, each with that of its label.
  let values: @Sendable (ServerReport) -> [(String, UInt64)]

  /// A number with one value.
  init(_ name: String, _ kind: Kind, _ help: String, _ value: @escaping @Sendable (WorkerReport) -> UInt64) {
    self.init(name, kind, help, by: "") { report in [("", report.sum(value))] }
  }

  /// A number with a value for each of several labels.
  init(
    _ name: String, _ kind: Kind, _ help: String, by label: String,
    values: @escaping @Sendable (ServerReport) -> [(String, UInt64)]
  ) {
    (self.name, self.kind, self.help, self.label, self.values) = (name, kind, help, label, values)
  }

  /// A number whose labels are known.
  init(
    _ name: String, _ kind: Kind, _ help: String, by label: String,
    _ values: KeyValuePairs<String, @Sendable (WorkerReport) -> UInt64>
  ) {
    let all = values.map { (label: $0.key, value: $0.value) }
    self.init(name, kind, help, by: label) { report in all.map { ($0.label, report.sum($0.value)) } }
  }
}
