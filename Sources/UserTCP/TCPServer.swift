import Link
import LinuxLink
import Stack
import TCP
import Time
import Wire

/// An application with its connections and the device that carries their frames: a server, but for the loop around it.
struct TCPServer<Application: TCPApplication, Device: LinkDevice & ~Copyable>: ~Copyable {
  private(set) var application: Application
  private(set) var service: TCPService
  private var device: Device
  /// Where text is copied to that waits in a receive buffer, so that the application can send while it reads.
  private var scratch = ByteArena(byteCount: 65_536)

  init(_ application: Application, _ service: consuming TCPService, on device: consuming Device) {
    self.application = application
    self.service = service
    self.device = device
  }

  /// The next moment at which a turn has something to do even if nothing has come.
  var nextDeadline: Instant { service.host.nextDeadline }

  /// Takes in all that has come, does what is due, and sends all there is to send.
  /// - Returns: whether anything had come.
  mutating func turn(at now: Instant) -> Bool {
    service.now = now
    var hasCome = false
    for _ in 0..<256 {
      guard let frame = device.receive() else { break }
      hasCome = true
      let isVouchedFor = frame.checksum == .vouchedFor
      if let arrived = service.host.receive(frame.bytes, isVouchedFor: isVouchedFor, at: now) {
        take(arrived, in: frame.bytes, &application, &service, &scratch)
      }
    }
    while let event = service.host.nextExpired(at: now) {
      if case .ended(let id, _) = event { end(id, &application, &service) }
    }
    transmit(from: &service, by: &device, at: now)
    return hasCome
  }
}

/// Sends all there is to send.
private func transmit(from service: inout TCPService, by device: inout some LinkDevice & ~Copyable, at now: Instant) {
  while let plan = service.host.nextFrame(at: now) {
    if plan.kind == .segment, plan.needsTextSum { service.sumText(of: plan) }
    // A device that is full loses the frame, as any full queue does, and TCP repairs it.
    _ = device.transmit(service.frame(of: plan))
  }
  device.flush()
}

/// Tells an application what a frame has changed.
private func take<Application: TCPApplication>(
  _ arrived: HostArrival, in frame: RawSpan, _ application: inout Application, _ service: inout TCPService,
  _ scratch: inout ByteArena
) {
  let connection = TCPConnection(id: arrived.connection)
  if arrived.isNew { application.opened(connection, of: &service) }
  guard service.isOpen(connection) else { return }
  switch arrived.reading {
  case .nothing: break
  case .frame:
    let text = frame.extracting(arrived.arrival.text)
    let taken = application.received(text, on: connection, of: &service)
    guard service.isOpen(connection) else { return }
    service.host.consume(taken, of: connection.id)
    if taken < text.byteCount, !service.host.keep(text.extracting(taken..<text.byteCount), of: connection.id) {
      return service.reset(connection)
    }
  case .buffer: offer(connection, &application, &service, &scratch)
  }
  guard service.isOpen(connection) else { return }
  if arrived.arrival.acknowledgedCount > 0 {
    service.release(connection.id)
    if arrived.arrival.ending == nil { application.canSend(on: connection, of: &service) }
    if service.isOpen(connection) { offer(connection, &application, &service, &scratch) }
  }
  guard service.isOpen(connection) else { return }
  if service.host.connection(connection.id).isPeerFinished, service.host.unreadCount(of: connection.id) == 0,
    arrived.arrival.isPeerFinished || arrived.arrival.acknowledgedCount > 0
  {
    application.peerFinished(connection, of: &service)
  }
  if arrived.arrival.ending != nil { end(arrived.connection, &application, &service) }
}

/// Offers an application the text that it has not taken yet.
private func offer<Application: TCPApplication>(
  _ connection: TCPConnection, _ application: inout Application, _ service: inout TCPService,
  _ scratch: inout ByteArena
) {
  let count = service.host.copyBufferedText(of: connection.id, to: &scratch)
  guard count > 0 else { return }
  let taken = application.received(scratch.bytes(at: 0, count: count), on: connection, of: &service)
  if service.isOpen(connection) { service.host.consume(taken, of: connection.id) }
}

/// A connection has ended.
private func end<Application: TCPApplication>(
  _ id: ConnectionID, _ application: inout Application, _ service: inout TCPService
) {
  guard service.host.isValid(id) else { return }
  service.remove(id)
  application.ended(TCPConnection(id: id))
}
