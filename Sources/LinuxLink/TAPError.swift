package import SystemPackage

/// Why a TAP could not be opened. The description says what failed, why, and what to type.
package enum TAPError: Error, Equatable {
  /// The name is empty, longer than 15 bytes, or has a slash, a colon or a space.
  case badName(String)
  /// There is no driver behind `/dev/net/tun`, or no such file.
  case noDriver(Errno)
  /// The file `/dev/net/tun` may not be opened.
  case driverNotPermitted
  /// Making the TAP, or attaching to one of another owner, needs a privilege that the process has not.
  case notPermitted(String)
  /// Another process is attached to the TAP.
  case busy(String)
  /// The interface exists and is no TAP: a TUN, a bridge, a network card.
  case notATAP(String)
  /// The TAP was made with several queues and is opened with one, or the other way round.
  case queuesDiffer(String, hasSeveral: Bool)
  /// The MTU is below the 576 bytes that every host must accept.
  case smallMTU(String, Int)
  /// Another request was refused.
  case failed(SystemError)
}

extension TAPError: CustomStringConvertible {
  /// What failed and why, and on the next lines what to type.
  package var description: String {
    switch self {
    case .badName(let name):
      "cannot use \"\(name)\" as a TAP: a name has 1 to 15 bytes, without slash, colon, per cent or space"
    case .noDriver(let code):
      """
      cannot open /dev/net/tun: \(code)
        load the driver:        sudo modprobe tun
        or, in a container:     docker run --device /dev/net/tun --cap-add NET_ADMIN ...
      """
    case .driverNotPermitted:
      """
      cannot open /dev/net/tun: this user may not
        let everybody open it (making a TAP still needs a privilege):  sudo chmod 0666 /dev/net/tun
      """
    case .notPermitted(let name):
      """
      cannot attach to the TAP \(name): it is not this user's, and the process lacks CAP_NET_ADMIN
        make it yours, once:    sudo ip tuntap add dev \(name) mode tap user "$USER"
        or grant the privilege: sudo setcap cap_net_admin+ep "$(realpath cheetah)"
        or try it without:      cheetah demo
      """
    case .busy(let name):
      """
      cannot attach to the TAP \(name): another process holds it
        find that process:      sudo grep -l \(name) /proc/[0-9]*/fdinfo/*
      """
    case .notATAP(let name):
      """
      cannot attach to \(name): it exists and is not a TAP
        see what it is:         ip -details link show dev \(name)
      """
    case .queuesDiffer(let name, hasSeveral: true):
      """
      cannot attach to the TAP \(name): it has several queues, and one was asked for
        make it with one:       sudo ip tuntap del dev \(name) mode tap multi_queue
                                sudo ip tuntap add dev \(name) mode tap user "$USER"
      """
    case .queuesDiffer(let name, hasSeveral: false):
      """
      cannot attach to the TAP \(name): it has one queue, and several were asked for
        make it with several:   sudo ip tuntap del dev \(name) mode tap
                                sudo ip tuntap add dev \(name) mode tap multi_queue user "$USER"
      """
    case .smallMTU(let name, let mtu):
      """
      cannot serve on the TAP \(name): its MTU is \(mtu), and a host must take 576 bytes (RFC 1122 §3.3.3)
        raise it:               sudo ip link set dev \(name) mtu 1500
      """
    case .failed(let error):
      "\(error)"
    }
  }
}
