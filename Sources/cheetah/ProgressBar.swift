import LinuxLink
import PackBuilder
import Time

/// A line on the terminal that says how far the packing has come, drawn ten times a second at most.
final class ProgressBar {
  private let isShown: Bool
  private let start = MonotonicClock().now
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
    guard now.since(lastDrawn) >= .milliseconds(100) else { return }
    lastDrawn = now
    isDrawn = true
    let share = progress.byteCount == 0 ? 0 : Double(progress.bytesDone) / Double(progress.byteCount)
    let filled = Int(share * 30)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
    let rate = progress.bytesDone * 1_000 / max(now.since(start).milliseconds, 1)
    let what = progress.phase == .reading ? "reading" : "writing"
    let files = "\(progress.filesDone)/\(progress.fileCount) files"
    CommandOutput.progress(
      "\(what) \(bar) \(files), \(CommandOutput.bytes(progress.bytesDone)), \(CommandOutput.bytes(rate))/s")
  }

  /// Takes the bar away.
  func clear() {
    if isDrawn { CommandOutput.progress("") }
    isDrawn = false
  }
}
