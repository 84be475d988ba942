import HTTP
import Testing

struct RequestLimitsTests {
  /// A request of exactly `count` bytes.
  private func request(byteCount count: Int) -> String {
    let frame = "GET / HTTP/1.1\r\nHost: a\r\nX: \r\n\r\n".utf8.count
    return "GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "x", count: count - frame))\r\n\r\n"
  }

  /// The default limits, but for these.
  private func limits(headCount: Int = 8_192, targetCount: Int = 4_096) -> RequestLimits {
    var limits = RequestLimits()
    limits.headCount = headCount
    limits.targetCount = targetCount
    return limits
  }

  @Test(arguments: [300, 8_192, 16_384])
  func `A head of exactly the limit is read and one byte more is too much`(count: Int) {
    let limits = limits(headCount: count)
    let reading = Outcome.accepted("get 1.1 path=/ host=a stays \(count)")
    #expect(Outcome(of: request(byteCount: count), limits: limits) == reading)
    #expect(Outcome(of: request(byteCount: count) + "GET /", limits: limits) == reading)
    #expect(Outcome(of: request(byteCount: count + 1), limits: limits) == .rejected(431))
  }

  @Test
  func `An endless request line is an overlong target`() {
    #expect(Outcome(of: "GET /" + String(repeating: "x", count: 8_187)) == .rejected(414))
    #expect(Outcome(of: "GET /" + String(repeating: "x", count: 8_186)) == .incomplete)
  }

  @Test
  func `A target beyond its own limit is refused`() {
    let text = "GET /123456789 HTTP/1.0\r\n\r\n"
    #expect(Outcome(of: text, limits: limits(targetCount: 9)) == .rejected(414))
    #expect(Outcome(of: text, limits: limits(targetCount: 10)) == .accepted("get 1.0 path=/123456789 closes 27"))
  }

  @Test
  func `A hundred fields are read and one more is too much`() {
    let fields = String(repeating: "X: y\r\n", count: 99)
    #expect(Outcome(of: "GET / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n") == .accepted("get 1.1 path=/ host=a stays 621"))
    #expect(Outcome(of: "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n\(fields)\r\n") == .rejected(431))
  }
}
