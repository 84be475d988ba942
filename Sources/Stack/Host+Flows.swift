import TCP
import Wire

/// What flows have come to.
extension Host {
  /// What a flow has come to, if it is known.
  @inline(__always)
  func reference(of key: FlowKey) -> FlowReference? {
    var search = flows.search(for: key)
    while let candidate = flows.next(&search) {
      if isFlow(key, at: candidate) { return candidate }
    }
    return nil
  }

  /// Whether what stands at a reference belongs to a flow, and not to another of the same hash.
  @inline(__always)
  private func isFlow(_ key: FlowKey, at reference: FlowReference) -> Bool {
    switch reference {
    case .connection(let index): connections.keys[index] == key
    case .halfOpen(let index): halfOpens.key(of: index) == key
    case .timeWait(let index): timeWaits.key(of: index) == key
    case .opening(let place): openings[place].map { entry in connections.keys[entry.connection] } == key
    }
  }
}
