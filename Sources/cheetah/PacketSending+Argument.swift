import ArgumentParser
import LinuxLink

/// By its name, `ring` or `messages`.
extension PacketSending: ExpressibleByArgument {}
