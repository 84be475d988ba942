package import Link

/// A device that the kernel wakes its owner for.
package protocol PolledDevice: LinkDevice, ~Copyable {
  /// What to wait for: readable when a frame has come.
  var descriptorNumber: Int32 { get }
}
