/// An interface by the kernel's number for it and its name at the moment (if_nameindex(3)).
package struct NumberedInterface: Equatable, Sendable {
  /// The number, which stays as long as the interface is there.
  package let index: UInt32
  /// The name, which can be changed.
  package let name: String

  /// An interface of this number and name.
  package init(index: UInt32, name: String) {
    self.index = index
    self.name = name
  }
}
