#!/usr/bin/python3
"""Fetches a path from several servers at once, over and over, and prints what came through.

    fetch.py PATH BYTES COUNT FLOWS SECONDS NAME=ADDRESS ...

Each server has FLOWS connections at a time, each for one fetch, until it has answered COUNT of them or SECONDS are over.
Prints for each server its name and its goodput, in kilobytes a second: the bytes of the fetches that were completed by the
time that they took together, from the first SYN to the last byte.
"""
import socket
import sys
import threading
import time


def fetch(address, path, size):
    start = time.monotonic()
    with socket.create_connection((address, 80), timeout=120) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n".encode())
        received = 0
        while data := connection.recv(1 << 18):
            received += len(data)
    if received < size:
        sys.exit(f"fetch: {address} sent {received} bytes of {path}, not {size}")
    return time.monotonic() - start


class Server:
    def __init__(self, name, address, count):
        self.name, self.address, self.left = name, address, count
        self.times, self.lock = [], threading.Lock()

    def run(self, path, size, end):
        while time.monotonic() < end:
            with self.lock:
                if self.left == 0:
                    return
                self.left -= 1
            taken = fetch(self.address, path, size)
            with self.lock:
                self.times.append(taken)


def main(path, size, count, flows, seconds, *servers):
    servers = [Server(*entry.split("="), int(count)) for entry in servers]
    end = time.monotonic() + float(seconds)
    threads = [
        threading.Thread(target=server.run, args=(path, int(size), end)) for _ in range(int(flows)) for server in servers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for server in servers:
        times = server.times
        print(server.name, f"{len(times) * int(size) / sum(times) / 1000:.1f}", len(times))


main(*sys.argv[1:])
