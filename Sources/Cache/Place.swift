import Pack

/// What is known of a place for a block.
///
/// The first places are the frames. Behind them there is one for each waiter, without memory: there stand the blocks that
/// wait for a frame.
struct Place {
  /// Which block.
  var block = BlockNumber(0)
  /// How often it is pinned.
  var pins: UInt32 = 0
  /// Waiters that are to be told of the block and have not been told yet.
  var promises: UInt32 = 0
  /// Requests since the block was first asked for, at most 3, that did not follow close upon another.
  var uses: UInt8 = 0
  /// Whether the block's queue, once it is in memory, is the main one.
  var isMain = false
  /// Whether the block was read ahead and nobody has asked for it: the first who does is not the second.
  var isUnasked = false
  /// Whether the block is asked for and not there yet.
  var isReading = false
  /// The first sector that is in memory, or that will be when the block has been read.
  var first = Sector.first
  /// The first of the sectors before it that are asked for; nil when none are.
  var wanted: Sector?
  /// Requests of the cache when the block was last asked for.
  var lastUse: UInt32 = 0

  /// Whether the block must stay.
  var isHeld: Bool { pins > 0 || promises > 0 || wanted != nil }

  /// Whether something of the block is asked for and not there yet.
  var isAwaited: Bool { isReading || wanted != nil }

  /// The bytes of the block that are to be read.
  var unread: Range<Int> {
    guard let wanted else { return first.offset..<BlockGeometry.byteCount }
    return wanted.offset..<first.offset
  }

  /// The queue of the block when it is in memory.
  var queue: PlaceQueues.Queue { isMain ? .main : .small }

  /// Counts a request, unless it follows close upon another: whoever looks at a page asks for a block once for each thing in
  /// it, and has not come back for that.
  /// - Parameters:
  ///   - time: requests of the cache so far.
  ///   - distance: how many requests two must lie apart to be two.
  mutating func use(at time: UInt32, distance: UInt32) {
    defer { lastUse = time }
    if isUnasked { isUnasked = false } else if time &- lastUse >= distance { uses = min(uses + 1, 3) }
  }

  /// Lets a block that is worth more than others begin with what others have to earn.
  mutating func value(_ worth: Worth) {
    switch worth {
    case .ordinary: break
    case .head: uses = max(uses, 1)
    case .index: isMain = true
    }
  }
}
