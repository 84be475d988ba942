import LinuxLink

extension DoctorCommand {
  private static let grant = "sudo setcap cap_net_admin,cap_net_raw+ep \"$(command -v cheetah)\""

  /// TAPs and packet sockets.
  static func linkFindings() -> [Finding] {
    var findings: [Finding] = []
    do throws(TAPError) {
      let features = try Probes.tapDriver()
      findings.append(.fine(.tapDriver, "/dev/net/tun opens"))
      findings.append(
        features.hasVirtioHeader
          ? .fine(.virtioHeader, "the driver knows virtio headers")
          : .missing(.virtioHeader, "the driver knows no virtio headers", "run a kernel of this century"))
      findings.append(
        features.hasQueues
          ? .fine(.queues, "each worker can have its own")
          : .missing(.queues, "the driver knows no queues", "serve with one worker: --workers 1"))
    } catch {
      findings.append(
        .missing(.tapDriver, DoctorCommand.firstLine(error), "sudo modprobe tun && sudo chmod 0666 /dev/net/tun"))
    }
    return findings + [tapCreation(), packetSocket(), egressHook()]
  }

  private static func tapCreation() -> Finding {
    do throws(TAPError) {
      try Probes.tapCreation()
      return .fine(.tapCreation, "one was made, and is gone again")
    } catch {
      return .missing(
        .tapCreation, "this process lacks CAP_NET_ADMIN or the driver", grant,
        "or make one for this user, once:  sudo ip tuntap add dev cheetah0 mode tap user \"$USER\"")
    }
  }

  private static func packetSocket() -> Finding {
    do throws(SystemError) {
      try Probes.packetSocket()
      return .fine(.packetSocket, "one was opened")
    } catch {
      return .missing(.packetSocket, "\(error.code): this process lacks CAP_NET_RAW", grant)
    }
  }

  /// What keeps the servers of a broker from sending in each other's names.
  private static func egressHook() -> Finding {
    do {
      try Probes.egressHook()
      return .fine(.egressHook, "cheetah broker can drop what is forged")
    } catch {
      guard Privileges.effective.contains(.networkAdministration) else {
        return .missing(.egressHook, "this process lacks CAP_NET_ADMIN, which cheetah broker needs", grant)
      }
      return .missing(
        .egressHook, "\(error)",
        "cheetah broker needs Linux 5.16 with NF_TABLES_NETDEV and NETFILTER_EGRESS; without, its servers are trusted",
        "sudo modprobe nf_tables")
    }
  }

  /// Network namespaces, with the privileges of this process and without any.
  static func namespaceFindings() -> [Finding] {
    guard ChildProcess.succeeds(["unshare", "--version"]), ChildProcess.succeeds(["ip", "-Version"]) else {
      return [
        .missing(.namespace, "the commands unshare and ip are not both here", "apt-get install util-linux iproute2")
      ]
    }
    let tap = ["ip", "tuntap", "add", "dev", "cheetah0", "mode", "tap"]
    let asUser = ["unshare", "--user", "--map-root-user", "--net"]
    let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    var findings: [Finding] = []
    if Privileges.effective.contains(.systemAdministration) {
      findings.append(
        ChildProcess.succeeds(["unshare", "--net"] + tap)
          ? .fine(.namespace, "one was made, with a TAP in it")
          : .missing(.namespace, "the kernel refused in spite of CAP_SYS_ADMIN", "give the container --privileged"))
    }
    let prefix = findings.isEmpty ? [] : nobody
    findings.append(
      ChildProcess.succeeds(prefix + asUser + tap)
        ? .fine(.userNamespace, "one was made, with a TAP in it")
        : .missing(
          .userNamespace, "the kernel lets users make none, or no TAP in them",
          "sudo sysctl kernel.unprivileged_userns_clone=1             (Debian)",
          "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu 23.10 and later)"))
    return findings
  }

  /// The disk below the current directory, the libraries, the processors.
  static func machineFindings() -> [Finding] {
    let count = Processors.count
    return [
      directReads(),
      ring(),
      .fine(.capture, CaptureReader.libraryVersion),
      count > 1
        ? .fine(.processors, "\(count): the server and its clients can have their own")
        : .missing(
          .processors, "1: the server and its clients on this machine share it", "measure with clients elsewhere"),
    ]
  }

  private static func directReads() -> Finding {
    do throws(SystemError) {
      try Probes.directReads(in: ".")
      return .fine(.directReads, "the file system of this directory takes them")
    } catch {
      return .missing(
        .directReads, "\(error.code), in this directory",
        "keep the pack on ext4, XFS or a block device, or let blocks be cached twice")
    }
  }

  private static func ring() -> Finding {
    do throws(SystemError) {
      try Probes.ring()
      return .fine(.ring, "a ring was made, with its file and memory registered")
    } catch {
      return .missing(
        .ring, "\(error.code): blocks are read by threads instead", "sudo sysctl kernel.io_uring_disabled=0",
        "in a container, allow io_uring_setup, io_uring_enter and io_uring_register (seccomp)")
    }
  }

  private static func firstLine(_ error: TAPError) -> String {
    String("\(error)".prefix { $0 != "\n" })
  }
}
