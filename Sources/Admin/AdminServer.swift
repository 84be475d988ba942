import FlyingFox
import FlyingSocks
import Foundation
package import Wire

/// A server for those who run the server: metrics, health, connections and a page to look at, on an ordinary socket of the
/// kernel and threads of its own.
package struct AdminServer: Sendable {
  /// Asks the workers how they stand, with their connections or without; nil where one does not answer.
  package typealias Source = @Sendable (_ withConnections: Bool) async -> ServerReport?

  private let server: HTTPServer
  private let source: Source

  /// A server that is ready to run.
  /// - Parameters:
  ///   - address: an address of this machine.
  ///   - source: where its numbers come from.
  package init(address: IPAddress, port: UInt16, source: @escaping Source) throws {
    switch address.family {
    case .ipv4: server = HTTPServer(address: try .inet(ip4: "\(address)", port: port), logger: .disabled)
    case .ipv6: server = HTTPServer(address: try .inet6(ip6: "\(address)", port: port), logger: .disabled)
    }
    self.source = source
  }

  /// Serves until its task is cancelled.
  /// - Throws: where the address cannot be had.
  package func run() async throws {
    await server.appendRoute("GET,HEAD /") { _ in .page(StatusPage.html, "text/html; charset=utf-8") }
    await server.appendRoute("GET,HEAD /health") { _ in await health() }
    await server.appendRoute("GET,HEAD /ready") { _ in await readiness() }
    await server.appendRoute("GET,HEAD /metrics") { _ in
      await report { .page($0.metrics, "text/plain; version=0.0.4; charset=utf-8") }
    }
    await server.appendRoute("GET,HEAD /status.json") { _ in await report { .json(StatusNumbers($0)) } }
    await server.appendRoute("GET,HEAD /connections") { request in
      let wantsJSON = request.query.contains { $0.name == "format" && $0.value == "json" }
      return await report(withConnections: true) { connections(of: $0, asJSON: wantsJSON) }
    }
    do {
      try await server.run()
    } catch SocketError.failed(_, let code, let message) {
      throw AdminRefusal(code: code, reason: message)
    }
  }

  /// Waits until it listens.
  package func waitUntilListening() async throws {
    try await server.waitUntilListening()
  }

  private func health() async -> HTTPResponse {
    await report { _ in .page("ok\n") }
  }

  private func readiness() async -> HTTPResponse {
    await report { $0.isDraining ? .page("draining\n", status: .serviceUnavailable) : .page("ready\n") }
  }

  private func connections(of report: ServerReport, asJSON: Bool) -> HTTPResponse {
    let lines = report.connections.map(ConnectionLine.init)
    if asJSON { return .json(lines) }
    return .page(([ConnectionLine.heading] + lines.map(\.text)).joined(separator: "\n") + "\n")
  }

  private func report(
    withConnections: Bool = false, _ answer: (ServerReport) -> HTTPResponse
  ) async -> HTTPResponse {
    guard let report = await source(withConnections) else {
      return .page("a worker does not answer\n", status: .serviceUnavailable)
    }
    return answer(report)
  }
}

extension HTTPResponse {
  /// Text that is to be asked for again each time.
  fileprivate static func page(
    _ text: String, _ type: String = "text/plain; charset=utf-8", status: HTTPStatusCode = .ok
  ) -> HTTPResponse {
    HTTPResponse(
      statusCode: status, headers: [.contentType: type, HTTPHeader("Cache-Control"): "no-store"], body: Data(text.utf8))
  }

  /// A value in JSON.
  fileprivate static func json(_ value: some Encodable) -> HTTPResponse {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let data = try? encoder.encode(value) else {
      return .page("cannot be written\n", status: .internalServerError)
    }
    return .page(String(decoding: data, as: UTF8.self) + "\n", "application/json")
  }
}
