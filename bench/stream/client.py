#!/usr/bin/python3
"""Fetches http://ADDRESS/PATH as fast as the kernel's TCP can: client.py ADDRESS PATH. Prints MB/s.

The text is taken without being copied to this program (MSG_TRUNC, tcp(7)), so that the client costs as little as it can.
"""
import socket
import sys
import time


def main(address, path):
    connection = socket.create_connection((address, 80))
    begun = time.monotonic()
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: cheetah.test\r\nConnection: close\r\n\r\n".encode())
    head = b""
    while b"\r\n\r\n" not in head:
        head += connection.recv(4096)
    fields, _, rest = head.partition(b"\r\n\r\n")
    length = int(next(line for line in fields.split(b"\r\n") if line.lower().startswith(b"content-length:"))[15:])
    if not fields.startswith(b"HTTP/1.1 200 "):
        sys.exit(fields.decode(errors="replace"))
    left, piece = length - len(rest), bytearray(1 << 22)
    while left > 0:
        count = connection.recv_into(piece, min(left, len(piece)), socket.MSG_TRUNC)
        if count == 0:
            sys.exit(f"the connection ended {left} bytes too early")
        left -= count
    print(length / (time.monotonic() - begun) / 1e6)


if __name__ == "__main__":
    main(*sys.argv[1:])
