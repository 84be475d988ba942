"""Loads pages in Chromium twice, through its debugging pipe, and says what came over the network each time.

    load.py CHROMIUM URL PATH ...
"""

import collections
import fcntl
import json
import os
import subprocess
import sys
import tempfile
import time


class Browser:
    """A headless browser. Messages are JSON, each ended by a NUL."""

    def __init__(self, command, folder):
        # The browser reads from descriptor 3 and writes to 4, which must not be among these.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (*os.pipe(), *os.pipe())]
        to_browser, self.write_end, self.read_end, from_browser = ends

        def connect():
            os.dup2(to_browser, 3)
            os.dup2(from_browser, 4)

        self.process = subprocess.Popen(
            [command, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--disable-background-networking", "--disable-component-update", "--no-first-run",
             "--remote-debugging-pipe", f"--user-data-dir={folder}", "about:blank"],
            preexec_fn=connect, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.number = 0
        self.buffer = b""
        self.events = collections.deque()

    def receive(self):
        while b"\0" not in self.buffer:
            piece = os.read(self.read_end, 1 << 16)
            if not piece:
                raise EOFError("the browser has ended")
            self.buffer += piece
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, session=None, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.write_end, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def event(self):
        return self.events.popleft() if self.events else self.receive()


def load(browser, session, url):
    """Loads a page until its scripts, too, have had nothing to ask for half a second; returns the statuses on the wire, and
    what failed. Only what the page itself has asked for counts: a request of the page before, which ends when that is
    left, is never said to have ended."""
    browser.events.clear()
    loader = browser.call("Page.navigate", session, url=url)["loaderId"]
    statuses, failed, urls = collections.Counter(), [], {}
    early = collections.defaultdict(list)

    def answered(status, number):
        statuses[status] += 1
        if status >= 400:
            failed.append(f"{status} {urls[number]}")

    while True:
        event = browser.event()
        method, values = event.get("method"), event.get("params", {})
        number = values.get("requestId")
        if method == "Page.lifecycleEvent" and (values["loaderId"], values["name"]) == (loader, "networkIdle"):
            return statuses, failed
        if method == "Network.requestWillBeSent" and values["loaderId"] == loader:
            urls[number] = values["request"]["url"]
            for status in early.pop(number, []):
                answered(status, number)
        elif method == "Network.responseReceivedExtraInfo":
            # It may come before what it answers.
            if number in urls:
                answered(values["statusCode"], number)
            else:
                early[number].append(values["statusCode"])
        elif method == "Network.loadingFailed" and number in urls:
            failed.append(f"{values['errorText']} {urls[number]}")


def main():
    command, site, paths = sys.argv[1], sys.argv[2], sys.argv[3:]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = Browser(command, folder)
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        browser.call("Network.enable", session)
        browser.call("Page.enable", session)
        browser.call("Page.setLifecycleEventsEnabled", session, enabled=True)
        totals = []
        for _ in range(2):
            total, failures, start = collections.Counter(), [], time.monotonic()
            for path in paths:
                statuses, failed = load(browser, session, site + path)
                total += statuses
                failures += failed
            totals.append((total, failures))
            print(f"{len(paths)} pages, {sum(total.values())} answers {dict(total)}, {len(failures)} failed, "
                  f"{1000 * (time.monotonic() - start):.0f} ms", flush=True)
            for failure in failures[:10]:
                print(f"  {failure}")
        browser.process.terminate()
        browser.process.wait()
    (first, first_failed), (second, second_failed) = totals
    fine = not first_failed and not second_failed and first[200] > 0
    sys.exit(0 if fine and set(second) == {304} else 1)


main()
