/// The value of an optional that is not copied, as `#require` is for all others.
func needed<Value: ~Copyable>(_ value: consuming Value?) throws -> Value {
  guard let value = value else { throw Missing() }
  return value
}

/// There is no value.
struct Missing: Error {}
