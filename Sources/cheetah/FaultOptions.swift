import ArgumentParser
import Link

/// What a link does to frames, for whoever wants to see what comes of it.
struct FaultOptions: ParsableArguments {
  @Option(
    help: "Frames in a hundred that vanish, in each direction: to see how clients bear it. Turns the offload off.")
  var dropChance = 0.0

  @Option(help: "Packets in a hundred of which a bit is turned over, in each direction. Turns the offload off.")
  var corruptChance = 0.0

  /// The faults of each direction; nil where there are none.
  var faults: Faults? {
    guard dropChance > 0 || corruptChance > 0 else { return nil }
    var faults = Faults()
    (faults.dropped, faults.corrupted) = (UInt32(dropChance * 10_000), UInt32(corruptChance * 10_000))
    return faults
  }

  /// What they are, behind the name of the device; nothing where there are none.
  var words: String {
    faults == nil ? "" : ", which loses \(dropChance) % of all frames and damages \(corruptChance) %"
  }

  func validate() throws {
    for (name, chance) in [("--drop-chance", dropChance), ("--corrupt-chance", corruptChance)] {
      guard (0...100).contains(chance) else { throw ValidationError("\(name) must be between 0 and 100") }
    }
  }
}
