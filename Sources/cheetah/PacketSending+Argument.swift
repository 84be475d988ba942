import ArgumentParser
import LinuxLink

/// By its name: `ring`, `messages` or `both`.
extension PacketSending: ExpressibleByArgument {}
