package import Link

extension Faulty: PolledDevice where Device: PolledDevice & ~Copyable {
  /// That of the device.
  package var descriptorNumber: Int32 { device.descriptorNumber }
}
