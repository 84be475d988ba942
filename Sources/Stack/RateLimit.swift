import TCP
import Time

/// How many segments of one kind may answer strangers: so many in any second, and not exactly so many, since an exact
/// count could be measured from outside and would tell of other connections (RFC 5961 §7, CVE-2016-5696).
struct RateLimit {
  private let perSecond: UInt32
  private let secret: SipHash
  private var left: UInt32 = 0
  private var second = UInt64.max

  /// So many a second at most, and half as many at least.
  init(perSecond: UInt32, secret: SipHash) {
    self.perSecond = perSecond
    self.secret = secret
  }

  /// Takes one, if there is one left.
  mutating func take(at now: Instant) -> Bool {
    let current = now.nanoseconds / 1_000_000_000
    if current != second {
      second = current
      let half = perSecond / 2
      left = perSecond - half + UInt32(secret.hash(current, 0x6C69_6D69) % UInt64(half + 1))
    }
    guard left > 0 else { return false }
    left -= 1
    return true
  }
}
