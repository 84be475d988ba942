import TestKit
import Testing
import Time
import Wire

@testable import TCP

/// Handshakes of which nothing is remembered (RFC 4987 §3.6).
struct SYNCookieTests {
  static let cookies = SYNCookies(secret: SipHash(key0: 1, key1: 2))
  static let offer = HandshakeOffer(mss: 1_460)
  static let start = Instant(nanoseconds: 1_000_000_000_000)

  static func answer(_ options: HandshakeOptions, at now: Instant = start) -> OutgoingSegment {
    let syn = Segment(.syn, sequence: 0, acknowledgment: nil, options: .handshake(options))
    return cookies.answer(syn, addresses: 7, ports: 9, offer: offer, at: now)
  }

  static func agreement(
    _ cookie: SequenceNumber, sequence: Int = 1, addresses: UInt64 = 7, ports: UInt32 = 9, at now: Instant = start
  ) -> HandshakeAgreement? {
    var segment = Segment(sequence: sequence)
    segment.header.acknowledgment = cookie + 1
    return cookies.agreement(acknowledgedBy: segment, addresses: addresses, ports: ports, offer: offer, at: now)
  }

  @Test(
    arguments: [
      (nil, 536), (87, 88), (500, 88), (536, 536), (1_199, 536), (1_220, 1_200), (1_399, 1_360), (1_440, 1_440),
      (1_452, 1_452), (1_460, 1_460), (9_000, 1_460),
    ] as [(UInt16?, UInt16)])
  func `A cookie keeps the size of segments, or the next smaller`(offered: UInt16?, kept: UInt16) {
    let answer = SYNCookieTests.answer(HandshakeOptions(maximumSegmentSize: offered))
    #expect(SYNCookieTests.agreement(answer.sequence)?.mss == kept)
  }

  @Test(arguments: [(0, 0), (1, 0), (2, 2), (5, 4), (7, 7), (9, 8), (14, 10)] as [(UInt8, UInt8)])
  func `A cookie keeps the scale of windows, or a smaller`(offered: UInt8, kept: UInt8) {
    let answer = SYNCookieTests.answer(HandshakeOptions(windowScale: offered))
    #expect(answer.options == .handshake(HandshakeOptions(maximumSegmentSize: 1_460, windowScale: 0)))
    #expect(SYNCookieTests.agreement(answer.sequence)?.sendScale == kept)
  }

  @Test(arguments: [true, false])
  func `A cookie keeps selective acknowledgments`(isSelective: Bool) {
    let answer = SYNCookieTests.answer(HandshakeOptions(selectiveAcknowledgments: isSelective))
    #expect(SYNCookieTests.agreement(answer.sequence)?.isSelective == isSelective)
  }

  @Test func `A cookie names both initial numbers`() {
    let answer = SYNCookieTests.answer(HandshakeOptions())
    let agreement = SYNCookieTests.agreement(answer.sequence)
    #expect(agreement?.iss == answer.sequence)
    #expect(agreement?.irs == SequenceNumber(5_000))
    #expect(answer.acknowledgment == SequenceNumber(5_001))
  }

  @Test func `A cookie is nobody else's, and of no other SYN`() {
    let cookie = SYNCookieTests.answer(HandshakeOptions()).sequence
    #expect(SYNCookieTests.agreement(cookie, addresses: 8) == nil)
    #expect(SYNCookieTests.agreement(cookie, ports: 10) == nil)
    #expect(SYNCookieTests.agreement(cookie, sequence: 2) == nil)
    for bit in 0..<32 as Range<UInt32> {
      #expect(SYNCookieTests.agreement(SequenceNumber(cookie.value ^ 1 << bit)) == nil)
    }
  }

  @Test func `A cookie is valid for a minute, and not for three`() {
    for second in 0..<64 as Range<UInt64> {
      let sent = SYNCookieTests.start + .seconds(second)
      let cookie = SYNCookieTests.answer(HandshakeOptions(), at: sent).sequence
      #expect(SYNCookieTests.agreement(cookie, at: sent + .seconds(63)) != nil)
      #expect(SYNCookieTests.agreement(cookie, at: sent + .seconds(128)) == nil)
    }
  }
}
