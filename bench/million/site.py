#!/usr/bin/python3
"""Makes a site of many small files: site.py FOLDER COUNT. A thousand directories, 200 to 3,000 bytes each."""
import os
import sys

folder, count = sys.argv[1], int(sys.argv[2])
number = 0
for directory in range(1000):
    path = f"{folder}/{directory:03}"
    os.makedirs(path)
    for file in range(count // 1000):
        text, size = f"{number} ", 200 + number * 7919 % 2801
        with open(f"{path}/{file:03}.txt", "wb") as output:
            output.write((text * (size // len(text) + 1)).encode()[:size])
        number += 1
