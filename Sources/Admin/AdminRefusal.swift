/// Why the kernel does not let the admin server listen.
package struct AdminRefusal: Error, Equatable {
  /// The kernel's number for it (errno(3)).
  package let code: Int32
  /// The same in its words.
  package let reason: String
}
