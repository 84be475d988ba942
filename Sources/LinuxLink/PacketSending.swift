/// How frames go to a packet socket.
package enum PacketSending: String, CaseIterable, Sendable {
  /// Through a ring of slots in memory that the kernel shares: each frame is copied into its slot here, and the kernel copies
  /// it once more or, where a card is to fetch it, refers to its pages.
  case ring
  /// As messages, which the kernel copies from where their pieces lie.
  case messages
}

extension PacketInterface {
  /// What suits the interface. Where no card fetches them, frames are copied by the kernel in any case, and what a ring adds to
  /// that is a copy, and the place of its slots in the processor's cache.
  package var usualSending: PacketSending { hasHardware ? .ring : .messages }
}
