#!/usr/bin/python3
"""Fetches a path from several servers at once, over and over, and prints what came through.

    fetch.py PATH BYTES COUNT FLOWS SECONDS PORT NAME=ADDRESS ...

Each server has FLOWS connections at a time, each for one fetch, until it has answered COUNT of them or SECONDS are over.
The n-th fetch leaves from port PORT + n, whatever the server: the wire chooses by it what is lost, so that all lose the
same. Only fetches that every server has answered are counted.

Prints for each server its name, its goodput in kilobytes a second (the bytes of the counted fetches by the time that they
took together, from the first SYN to the last byte), the number of them, and the tenth, fiftieth, ninetieth and hundredth
percentile of their times in milliseconds.
"""
import os
import socket
import sys
import threading
import time


def fetch(address, path, size, port):
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        connection.settimeout(120)
        connection.bind(("", port))
        start = time.monotonic()
        connection.connect((address, 80))
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n".encode())
        received = 0
        buffer = bytearray(1 << 18)
        while count := connection.recv_into(buffer):
            received += count
    if received < size:
        sys.exit(f"fetch: {address} sent {received} bytes of {path}, not {size}")
    return time.monotonic() - start


class Server:
    def __init__(self, name, address, count, port):
        self.name, self.address, self.count, self.port = name, address, count, port
        self.asked, self.times, self.lock = 0, {}, threading.Lock()

    def run(self, path, size, end):
        while time.monotonic() < end:
            with self.lock:
                if self.asked == self.count:
                    return
                number, self.asked = self.asked, self.asked + 1
            taken = fetch(self.address, path, size, self.port + number)
            with self.lock:
                self.times[number] = taken


def main(path, size, count, flows, seconds, port, *servers):
    servers = [Server(*entry.split("="), int(count), int(port)) for entry in servers]
    end = time.monotonic() + float(seconds)
    threads = [
        threading.Thread(target=server.run, args=(path, int(size), end)) for _ in range(int(flows)) for server in servers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    common = sorted(set.intersection(*(set(server.times) for server in servers)))
    if not common:
        sys.exit(f"fetch: no fetch of {path} was answered by all")
    for server in servers:
        times = sorted(server.times[number] for number in common)
        percentiles = [f"{times[int(share * (len(times) - 1))] * 1000:.1f}" for share in (0.1, 0.5, 0.9, 1)]
        print(server.name, f"{len(times) * int(size) / sum(times) / 1000:.1f}", len(times), *percentiles)
    if os.environ.get("fetch_times"):
        with open(os.environ["fetch_times"], "a") as file:
            for number in common:
                print(path, number, *(f"{server.times[number]:.6f}" for server in servers), file=file)


main(*sys.argv[1:])
