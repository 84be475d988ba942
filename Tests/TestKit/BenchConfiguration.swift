package import Stack
package import TCP
import Wire

/// What a host on the bench is made with. It is small, so that tables fill up within a test.
package struct BenchConfiguration: Sendable {
  /// The most bytes of IP header and payload in a frame.
  package var mtu = 1_500
  /// The most text in a frame that the device cuts; 0 where it cannot.
  package var largestSuperSegment = 0
  /// Whether the device finishes TCP checksums.
  package var deviceFinishesChecksums = false
  /// The most connections.
  package var mostConnections = 4
  /// The most connections of one address.
  package var mostConnectionsPerAddress: Int?
  /// The most connections that are there only for their peers.
  package var mostOrphans = 4
  /// The most handshakes.
  package var backlog = 4
  /// The most connections in TIME-WAIT.
  package var mostTimeWaits = 4
  /// The most connections whose text is kept.
  package var mostReceiveBuffers = 2
  /// The most ranges in flight that are told apart.
  package var mostSentRanges = 256
  /// How windows grow and shrink.
  package var congestion = CongestionAlgorithm.newReno
  /// The most connections that the host may be opening.
  package var mostOpenings = 2
  /// The most text of a connection that may wait, in bytes.
  package var receiveCapacity = ReceiveSpace.usualCapacity
  /// The most resets a second that answer segments for nobody.
  package var mostResets: UInt32 = 1_000
  /// The most acknowledgments a second that answer segments which may be forged.
  package var mostChallenges: UInt32 = 1_000
  /// Whether the host listens.
  package var listens = true
  /// Whether connections tell each other their clocks.
  package var hasTimestamps = false
  /// Whether connections speak of congestion.
  package var hasECN = false
  /// When silent peers are asked whether they are still there.
  package var keepAlive: KeepAlive?
  /// Whether acknowledgments wait for text to ride on.
  package var mergesAcknowledgments = true

  /// The configuration of most tests.
  package init() {}

  /// The host's addresses, of both versions.
  private static var addresses: HostAddresses {
    guard let addresses = HostAddresses([Station.host.address, Station.host6.address]) else {
      preconditionFailure("one address of each version")
    }
    return addresses
  }

  /// The host's configuration, at the stations `host` and `host6` and under a fixed secret.
  package var host: HostConfiguration {
    var host = HostConfiguration(
      hardware: Station.host.hardware, addresses: BenchConfiguration.addresses, port: listens ? Station.port : nil,
      mtu: mtu,
      secret: SipHash(key0: 0x0123_4567_89AB_CDEF, key1: 0xFEDC_BA98_7654_3210))
    host.largestSuperSegment = largestSuperSegment
    host.deviceFinishesChecksums = deviceFinishesChecksums
    host.mostConnections = mostConnections
    host.mostConnectionsPerAddress = mostConnectionsPerAddress
    host.mostOrphans = mostOrphans
    host.backlog = backlog
    host.mostTimeWaits = mostTimeWaits
    host.mostReceiveBuffers = mostReceiveBuffers
    host.mostSentRanges = mostSentRanges
    host.congestion = congestion
    host.mostOpenings = mostOpenings
    host.hasTimestamps = hasTimestamps
    host.mostResets = mostResets
    host.mostChallenges = mostChallenges
    host.receiveCapacity = receiveCapacity
    host.hasECN = hasECN
    host.keepAlive = keepAlive
    host.mergesAcknowledgments = mergesAcknowledgments
    return host
  }
}
