"""Sends every entry of Tests/ServerTests/Corpus to a server over TCP, cut at random places; see the README there.

    corpus.py ADDRESS PORT [--seed N]                 every entry is answered as it says
    corpus.py ADDRESS PORT --differences TABLE        those that are not stand in the table, and no others
    corpus.py --seeds FOLDER                          writes what each sends to a file, to begin fuzzing with
    corpus.py ADDRESS PORT --rows TABLE               prints the rows of that table anew, with the reasons that are in it
"""

import argparse
import pathlib
import random
import re
import socket
import sys

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "ServerTests" / "Corpus"
NEXT = b"GET /letters.txt HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
LETTERS = b"abcdefghijklmnopqrstuvwxyz"


class Answer:
    """A response, read strictly."""

    def __init__(self, data, has_body):
        head, separator, rest = data.partition(b"\r\n\r\n")
        if not separator:
            raise ValueError(f"a head without an end: {data[:80]!r}")
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split(" ")[1])
        self.fields = [tuple(part.strip() for part in line.split(":", 1)) for line in lines[1:]]
        length = 0
        if has_body and self.status not in (204, 304):
            length = int(self.field("Content-Length"))
            if length > len(rest):
                raise ValueError(f"a body of {len(rest)} bytes after {head!r}")
        self.body = rest[:length]
        self.rest = rest[length:]

    def field(self, name):
        return next((value for field, value in self.fields if field.lower() == name.lower()), None)

    def ending(self):
        return "stays" if self.field("Connection") == "keep-alive" else "closes"


class Vector:
    """An entry."""

    def __init__(self, text):
        lines = text.split("\n")
        self.name, self.purpose = lines[0], lines[1]
        request = ""
        for line in lines[2:]:
            if line.startswith(">"):
                line = line[2:] if line.startswith("> ") else line[1:]
                unended = line.endswith("\\") and not line.endswith("\\\\")
                request += line[:-1] if unended else line + "\\r\\n"
        self.request = request
        self.expectations = [line[2:].split(" | ") for line in lines[2:] if line.startswith("< ")]
        self.waits = self.expectations[-1] == ["waits"]
        self.answers = [parts for parts in self.expectations if parts != ["waits"]]
        self.stays = self.waits or " stays" in self.expectations[-1][0]

    def expected(self):
        return ", ".join(" ".join(parts[0].split(" ")[:2]) for parts in self.expectations)


def vectors():
    for path in sorted(FOLDER.glob("*.requests")):
        for text in path.read_text().split("\n### ")[1:]:
            yield Vector(text)


class Client:
    def __init__(self, address, port, seed, allows_resets):
        self.place = (address, port)
        self.allows_resets = allows_resets
        self.random = random.Random(seed)
        self.tags = {}

    def tag(self, path):
        if path not in self.tags:
            answer = Answer(self.exchange([f"HEAD {path} HTTP/1.0\r\n\r\n".encode()], b""), False)
            self.tags[path] = answer.field("ETag")
        return self.tags[path]

    def decode(self, text):
        data = bytearray()
        position = 0
        simple = {"r": 13, "n": 10, "t": 9, "0": 0, "\\": 92}
        while position < len(text):
            character = text[position]
            position += 1
            if character != "\\":
                data += character.encode()
                continue
            kind = text[position]
            position += 1
            if kind in simple:
                data.append(simple[kind])
            elif kind == "x":
                data.append(int(text[position : position + 2], 16))
                position += 2
            else:
                end = text.index("}", position)
                data += self.braces(text[position:end])
                position = end + 1
        return bytes(data)

    def braces(self, words):
        if words.startswith("etag "):
            return self.tag(words[5:]).encode()
        if words.startswith("tag "):
            return self.tag(words[4:]).strip('"').encode()
        count, text = words.split("*", 1)
        return self.decode(text) * int(count)

    def pieces(self, data):
        cuts = sorted(self.random.randrange(len(data) + 1) for _ in range(min(12, len(data))))
        return [data[start:end] for start, end in zip([0] + cuts, cuts + [len(data)]) if start < end]

    def exchange(self, pieces, last):
        """Sends the pieces and then `last`, closes, and returns everything that comes."""
        connection = socket.create_connection(self.place, timeout=10)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        data = b""
        with connection:
            try:
                for piece in pieces:
                    connection.sendall(piece)
                connection.sendall(last)
                if not last:
                    connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            try:
                while piece := connection.recv(65536):
                    data += piece
            except ConnectionResetError:
                # nginx does not linger behind every answer; what has arrived counts all the same.
                if not self.allows_resets:
                    raise
        return data

    def complaint(self, vector):
        """What came of an entry, and what of that was not expected; the latter is empty where all was."""
        try:
            last = b"" if vector.waits else NEXT
            data = self.exchange(self.pieces(self.decode(vector.request)), last)
        except OSError as error:
            return "lost", f"{error}"
        answers, found = [], []
        while data:
            index = len(answers)
            has_body = index >= len(vector.answers) or "nobody" not in vector.answers[index][0]
            try:
                answers.append(Answer(data, has_body))
            except (ValueError, TypeError, IndexError) as error:
                found.append("no answer that can be read")
                return ", ".join(found), f"{error}"
            data = answers[-1].rest
            found.append(f"{answers[-1].status} {answers[-1].ending()}")
        follows = vector.stays and not vector.waits
        if follows and answers and answers[-1].body == LETTERS and len(answers) == len(vector.answers) + 1:
            found.pop()
            answers.pop()
        elif follows:
            return ", ".join(found) or "nothing", "the next request is not answered"
        if vector.waits:
            found.append("waits")
        summary = ", ".join(found) or "nothing"
        if summary != vector.expected():
            return summary, "other answers"
        for parts, answer in zip(vector.answers, answers):
            for condition in parts[1:]:
                if not self.holds(condition, answer):
                    return summary, self.describe(condition, answer)
        return summary, ""

    def holds(self, condition, answer):
        if condition.startswith("!"):
            return answer.field(condition[1:]) is None
        if condition.startswith("= "):
            return answer.body == self.decode(condition[2:])
        if condition.startswith("+ "):
            return condition[2:].encode() in answer.body
        if condition.startswith("#"):
            return len(answer.body) == int(condition[1:])
        name, value = condition.split(": ", 1)
        return answer.field(name) == self.decode(value).decode()

    def describe(self, condition, answer):
        if condition[0] in "=+#":
            return "another body"
        name = condition.lstrip("!").split(": ")[0]
        return f"{name}: " + re.sub(r"\d{10,}", "…", answer.field(name) or "none")


def read_table(path):
    """The rows of a table of differences: what was answered, and why, by name."""
    rows = {}
    for line in pathlib.Path(path).read_text().split("\n"):
        if line.startswith("| `"):
            name, ours, theirs, reason = (part.strip() for part in line.strip("|").split(" | "))
            rows[name.strip("`")] = (theirs, reason)
    return rows


def differences(client):
    for vector in vectors():
        summary, complaint = client.complaint(vector)
        if complaint:
            theirs = summary if summary != vector.expected() else complaint
            yield vector, theirs.replace("|", "/")


def write_seeds(folder):
    client = Client("", 0, 0, False)
    client.tag = lambda path: '"0123456789abcdef"'
    for vector in vectors():
        (folder / vector.name).write_bytes(client.decode(vector.request))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("address", nargs="?")
    parser.add_argument("port", type=int, nargs="?")
    parser.add_argument("--seeds")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    parser.add_argument("--differences")
    parser.add_argument("--rows")
    options = parser.parse_args()
    if options.seeds:
        write_seeds(pathlib.Path(options.seeds))
        return
    print(f"seed {options.seed}")
    client = Client(options.address, options.port, options.seed, bool(options.rows or options.differences))
    failed = 0
    if options.rows or options.differences:
        known = read_table(options.rows or options.differences)
        rows = [(v, theirs) for v, theirs in differences(client)]
        if options.rows:
            for vector, theirs in rows:
                reason = known.get(vector.name, ("", "?"))[1]
                print(f"| `{vector.name}` | {vector.expected()} | {theirs} | {reason} |")
            return
        found = {vector.name: theirs for vector, theirs in rows}
        for name in sorted(found.keys() | known.keys()):
            theirs, reason = known.get(name, ("", "?"))
            # Some answers depend on how much has arrived when the fault is found.
            if found.get(name) not in theirs.split(" or ") or reason == "?":
                failed += 1
                print(f"{name}: {found.get(name, 'no difference')}, in the table {known.get(name, ('none',))[0]}")
    else:
        for vector in vectors():
            summary, complaint = client.complaint(vector)
            if complaint:
                failed += 1
                print(f"{vector.name}: {summary}: {complaint} ({vector.purpose})")
    print(f"{sum(1 for _ in vectors()) - failed} entries as they should be, {failed} not")
    sys.exit(failed > 0)


main()
