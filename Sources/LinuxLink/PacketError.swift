/// Why an interface could not be served on. The description says what failed, why, and what to type.
package enum PacketError: Error, Equatable {
  /// Opening a packet socket needs a privilege that the process has not.
  case notPermitted
  /// There is no interface of this name.
  case noInterface(String)
  /// The interface carries no Ethernet frames: a loopback, a TUN, a tunnel.
  case notEthernet(String)
  /// The interface is switched off.
  case isDown(String)
  /// The MTU is below the 576 bytes that every host must accept.
  case smallMTU(String, Int)
  /// Frames would be sent from the kernel's own hardware address while the kernel forwards what comes to it.
  case isForwarded(String)
  /// libpcap did not compile the filter, for this reason.
  case filter(String, String)
  /// Another request was refused.
  case failed(SystemError)
}

extension PacketError: CustomStringConvertible {
  /// What failed and why, and on the next lines what to type.
  package var description: String {
    switch self {
    case .notPermitted:
      """
      cannot open a packet socket: the process lacks CAP_NET_RAW
        grant the privilege:    sudo setcap cap_net_raw,cap_net_admin+ep "$(command -v cheetah)"
        or serve on a TAP:      cheetah serve ... --tap cheetah0
      """
    case .noInterface(let name):
      """
      cannot serve on \(name): there is no such interface
        see which there are:    ip -brief link
      """
    case .notEthernet(let name):
      """
      cannot serve on \(name): it carries no Ethernet frames
        see what it is:         ip -details link show dev \(name)
      """
    case .isDown(let name):
      """
      cannot serve on \(name): it is switched off
        switch it on:           sudo ip link set dev \(name) up
      """
    case .smallMTU(let name, let mtu):
      """
      cannot serve on \(name): its MTU is \(mtu), and a host must take 576 bytes (RFC 1122 §3.3.3)
        raise it:               sudo ip link set dev \(name) mtu 1500
      """
    case .isForwarded(let name):
      """
      cannot send from the hardware address of \(name): the kernel takes what comes to it, and forwards it
        use another address:    leave out --mac
        or stop the kernel:     sudo sysctl net.ipv4.conf.\(name).forwarding=0
      """
    case .filter(let expression, let reason):
      "cannot compile the filter \"\(expression)\": \(reason)"
    case .failed(let error):
      "\(error)"
    }
  }
}
