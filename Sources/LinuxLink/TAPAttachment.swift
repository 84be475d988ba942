import CLinux
import Glibc
import SystemPackage

/// An open descriptor that is tied to a TAP, before anything is known of frames.
struct TAPAttachment: ~Copyable {
  /// The descriptor; frames are read from it and written to it.
  let descriptor: Descriptor
  /// The interface's name, which the kernel chose if none was given.
  let name: String

  /// Attaches to the TAP `name`, which is made if there is none; it then goes when the descriptor is closed.
  /// - Parameters:
  ///   - name: the interface's name; nil leaves it to the kernel (`tap0`, `tap1`, ...).
  ///   - isMultiQueue: whether other descriptors may attach as well, each a queue of its own.
  init(name: String?, isMultiQueue: Bool) throws(TAPError) {
    if let name, !TAPAttachment.isName(name) { throw .badName(name) }
    let driver = try TAPAttachment.openDriver()
    var field = [CChar](repeating: 0, count: Int(CLINUX_NAME_SIZE))
    for (index, byte) in (name ?? "tap%d").utf8.enumerated() { field[index] = CChar(bitPattern: byte) }
    let flags = IFF_TAP | IFF_NO_PI | IFF_VNET_HDR | (isMultiQueue ? IFF_MULTI_QUEUE : 0)
    let result = unsafe clinux_tun_attach(driver.number, &field, flags)
    guard result >= 0 else {
      throw TAPAttachment.reason(Errno(rawValue: -result), name: name ?? "of a new name", isMultiQueue: isMultiQueue)
    }
    self.descriptor = driver
    self.name = String(decoding: field.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Whether the kernel takes the text as a new interface's name (`dev_valid_name`), without a pattern in it.
  static func isName(_ text: String) -> Bool {
    let bytes = text.utf8
    let isPath = text == "." || text == ".."
    return (1..<Int(CLINUX_NAME_SIZE)).contains(bytes.count) && !isPath
      && bytes.allSatisfy { $0 > UInt8(ascii: " ") && $0 != 0x7F && !"/:%".utf8.contains($0) }
  }

  /// Opens `/dev/net/tun`, tied to no interface yet.
  static func openDriver() throws(TAPError) -> Descriptor {
    let number = unsafe open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC)
    guard number < 0 else { return Descriptor(owning: number) }
    let code = lastError
    throw [.permissionDenied, .notPermitted].contains(code) ? .driverNotPermitted : .noDriver(code)
  }

  private static func reason(_ code: Errno, name: String, isMultiQueue: Bool) -> TAPError {
    switch code {
    case .notPermitted, .permissionDenied:
      .notPermitted(name)
    case .resourceBusy:
      .busy(name)
    case .invalidArgument:
      // The driver itself is asked: sysfs may show the interfaces of another network namespace.
      (try? InterfaceControl(name))?.isTAP == true ? .queuesDiffer(name, hasSeveral: !isMultiQueue) : .notATAP(name)
    default:
      .failed(SystemError("attach to the TAP \(name)", code))
    }
  }
}
