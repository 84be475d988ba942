import LinuxLink
import PackBuilder
import Time

/// A line on the terminal that says how far the packing has come, drawn ten times a second at most.
final class ProgressBar {
  private let isShown: Bool
  private var phase = BuildProgress.Phase.reading
  private var start = MonotonicClock().now
  private var lastDrawn = Instant.epoch
  private var isDrawn = false

  /// A bar that is drawn, or one that is not.
  init(isShown: Bool) {
    self.isShown = isShown
  }

  /// Draws how far it has come.
  func show(_ progress: BuildProgress) {
    guard isShown else { return }
    let now = MonotonicClock().now
    if progress.phase != phase { (phase, start) = (progress.phase, now) }
    guard now.since(lastDrawn) >= .milliseconds(100) else { return }
    lastDrawn = now
    isDrawn = true
    let share = progress.byteCount == 0 ? 0 : Double(progress.bytesDone) / Double(progress.byteCount)
    let filled = Int(share * 30)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
    let elapsed = max(now.since(start).milliseconds, 1)
    let rate = progress.bytesDone * 1_000 / elapsed
    let what = progress.phase == .reading ? "reading" : "writing"
    let files = "\(progress.filesDone)/\(progress.fileCount) files"
    let left = ProgressBar.timeLeft(progress, after: elapsed)
    CommandOutput.progress(
      "\(what) \(bar) \(files), \(CommandOutput.bytes(progress.bytesDone)), \(CommandOutput.bytes(rate))/s\(left)")
  }

  /// How long the rest takes at the rate so far; nothing until there is a rate to speak of.
  private static func timeLeft(_ progress: BuildProgress, after elapsed: UInt64) -> String {
    guard elapsed >= 1_000, progress.bytesDone > 0 else { return "" }
    let rest = Double(progress.byteCount - min(progress.bytesDone, progress.byteCount))
    let seconds = UInt64((rest * Double(elapsed) / Double(progress.bytesDone) / 1_000).rounded(.up))
    return seconds < 60 ? ", \(seconds) s left" : ", \(seconds / 60) min \(seconds % 60) s left"
  }

  /// Takes the bar away.
  func clear() {
    if isDrawn { CommandOutput.progress("") }
    isDrawn = false
  }
}
