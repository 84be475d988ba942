import CLinux
import CPcap
import Glibc
package import Wire

/// What a packet socket lets through, as a program that the kernel runs on each frame (BPF), compiled by libpcap.
package struct PacketFilter {
  /// The filter as tcpdump would be told.
  package let expression: String
  private let program: [sock_filter]

  /// Lets through what concerns some addresses: questions for them, and TCP and ICMP to them.
  package init(for addresses: [IPAddress]) throws(PacketError) {
    try self.init(expression: addresses.map(PacketFilter.expression).joined(separator: " or "))
  }

  /// What concerns one address: ARP or neighbor discovery for it (RFC 826, RFC 4861), and TCP and ICMP to it.
  private static func expression(for address: IPAddress) -> String {
    guard let internet = address.ipv6 else {
      return "arp dst host \(address) or (ip dst host \(address) and (tcp or icmp))"
    }
    return "(ip6 dst host \(address) and (tcp or icmp6)) or (ip6 dst host \(internet.solicitedNode) and icmp6)"
  }

  /// Lets through what tcpdump would show when it is told so (pcap-filter(7)).
  package init(expression: String) throws(PacketError) {
    guard let handle = unsafe pcap_open_dead(DLT_EN10MB, Int32(CaptureFile.longestFrame)) else {
      throw .filter(expression, "out of memory")
    }
    defer { unsafe pcap_close(handle) }
    var compiled = unsafe bpf_program()
    guard unsafe pcap_compile(handle, &compiled, expression, 1, bpf_u_int32(PCAP_NETMASK_UNKNOWN)) == 0 else {
      throw .filter(expression, unsafe String(cString: pcap_geterr(handle)))
    }
    defer { unsafe pcap_freecode(&compiled) }
    self.expression = expression
    let instructions = unsafe UnsafeBufferPointer(start: compiled.bf_insns, count: Int(compiled.bf_len))
    program = unsafe instructions.map { instruction in
      sock_filter(code: instruction.code, jt: instruction.jt, jf: instruction.jf, k: instruction.k)
    }
  }

  private init(expression: String, program: [sock_filter]) {
    self.expression = expression
    self.program = program
  }

  /// Lets nothing through.
  static var nothing: PacketFilter {
    PacketFilter(expression: "", program: [sock_filter(code: UInt16(BPF_RET | BPF_K), jt: 0, jf: 0, k: 0)])
  }

  /// Attaches the filter to a socket, in place of the one before.
  /// - Parameter isFinal: whether nobody who is handed the socket can change it (`SO_LOCK_FILTER`).
  func attach(to socket: borrowing Descriptor, isFinal: Bool = true) throws(SystemError) {
    var program = program
    let count = UInt16(program.count)
    let result = unsafe program.withUnsafeMutableBufferPointer { instructions in
      var whole = unsafe sock_fprog(len: count, filter: instructions.baseAddress)
      let size = unsafe socklen_t(MemoryLayout<sock_fprog>.size)
      return unsafe setsockopt(socket.number, SOL_SOCKET, SO_ATTACH_FILTER, &whole, size)
    }
    guard result == 0 else { throw SystemError("attach a filter to a packet socket", lastError) }
    guard isFinal else { return }
    try socket.set(SOL_SOCKET, SO_LOCK_FILTER, to: 1, "lock the filter of a packet socket")
  }
}

extension Descriptor {
  /// Sets an option that is a number.
  func set(_ level: Int32, _ option: Int32, to value: Int32, _ operation: String) throws(SystemError) {
    var value = value
    guard unsafe setsockopt(number, level, option, &value, socklen_t(MemoryLayout<Int32>.size)) == 0 else {
      throw SystemError(operation, lastError)
    }
  }
}
