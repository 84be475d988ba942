extension RequestList.Entry {
  /// A GET of a path.
  /// - Parameter isLast: whether the server is to close the connection behind its answer.
  package init(path: String, host: String, isLast: Bool, body: [UInt8]? = nil) {
    let connection = isLast ? "Connection: close\r\n" : ""
    self.init(text: Array("GET \(path) HTTP/1.1\r\nHost: \(host)\r\n\(connection)\r\n".utf8), body: body)
  }
}
