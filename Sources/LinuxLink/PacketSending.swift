/// How frames go to the kernel by packet sockets.
package enum PacketSending: String, CaseIterable, Sendable {
  /// Through a ring of slots in memory that the kernel shares: each frame is copied into its slot here, and the kernel copies
  /// it once more or, where a card is to fetch it, refers to its pages.
  case ring
  /// As messages, which the kernel copies from where their pieces lie.
  case messages
  /// Short ones through the ring of a socket of their own (`ShortFrameSocket`), and longer ones as messages.
  case both
}

extension PacketInterface {
  /// What suits the interface.
  ///
  /// Where no card fetches them, frames are copied by the kernel in any case. What a ring adds to that is a copy, and the place
  /// of its slots in the processor's cache; what a message adds is a look at a description of it. The one is dearer for long
  /// frames, the other for short ones.
  package var usualSending: PacketSending { hasHardware ? .ring : .both }

  /// What suits it where all have to go by the socket that receives.
  var sendingByOneSocket: PacketSending { hasHardware ? .ring : .messages }
}
