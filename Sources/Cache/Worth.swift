/// What a block is worth: which of those that were asked for equally often stay longer.
package enum Worth: Sendable {
  /// As much as any.
  case ordinary
  /// The block with the record that a group begins with, which is asked for before the rest: as if asked for once more.
  case head
  /// A block of the index, through which every request goes: the main queue at once.
  case index
}
