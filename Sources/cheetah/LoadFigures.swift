import Glibc
import Histogram
import Time

/// How long answers took.
struct LoadFigures {
  private var histogram = Histogram<UInt64>(
    lowestDiscernibleValue: 1_000, highestTrackableValue: 4_000_000_000_000, numberOfSignificantValueDigits: .three)

  /// Nothing measured yet.
  init() {}

  /// Counts an answer.
  mutating func record(_ latency: Interval) {
    histogram.record(latency.nanoseconds)
  }

  /// Answers counted.
  var count: UInt64 { histogram.totalCount }
  /// The mean, in nanoseconds.
  var mean: Double { count == 0 ? 0 : histogram.mean }
  /// The longest.
  var longest: Interval { Interval(nanoseconds: count == 0 ? 0 : histogram.max) }

  /// What so many percent of the answers took at most.
  func percentile(_ percent: Double) -> Interval {
    Interval(nanoseconds: count == 0 ? 0 : histogram.valueAtPercentile(percent))
  }

  /// As if every connection had kept its pace while an answer was late: for an answer that took longer than the median,
  /// those are added that would have waited behind it.
  var corrected: LoadFigures {
    var corrected = LoadFigures()
    let pace = max(percentile(50).nanoseconds, 1)
    for value in histogram.recordedValues() {
      _ = corrected.histogram.recordCorrectedValue(value.value, count: value.count, expectedInterval: pace)
    }
    return corrected
  }
}

extension Double {
  /// The number with so many digits behind the point.
  func decimal(_ digits: Int) -> String {
    let scale = pow(10, Double(digits))
    let whole = UInt64((Swift.max(self, 0) * scale).rounded())
    guard digits > 0 else { return String(whole) }
    let rest = String(whole % UInt64(scale))
    return "\(whole / UInt64(scale))." + String(repeating: "0", count: digits - rest.count) + rest
  }
}

extension Interval {
  /// In seconds.
  var seconds: Double { Double(nanoseconds) / 1e9 }

  /// In milliseconds, with so many digits behind the point.
  func milliseconds(_ digits: Int) -> String { (Double(nanoseconds) / 1e6).decimal(digits) }
}
