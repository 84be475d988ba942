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
    """Loads a page until nothing of it is on its way; returns the statuses on the wire, and what failed."""
    browser.events.clear()
    browser.call("Page.navigate", session, url=url)
    statuses, failed, open_requests, urls = collections.Counter(), [], set(), {}
    is_loaded = False
    while not is_loaded or open_requests:
        event = browser.event()
        method, values = event.get("method"), event.get("params", {})
        number = values.get("requestId")
        if method == "Page.loadEventFired":
            is_loaded = True
        elif method == "Network.requestWillBeSent" and values["request"]["url"].startswith("http"):
            open_requests.add(number)
            urls[number] = values["request"]["url"]
        elif method == "Network.responseReceivedExtraInfo":
            statuses[values["statusCode"]] += 1
            if values["statusCode"] >= 400:
                failed.append(f"{values['statusCode']} {urls.get(number)}")
        elif method == "Network.loadingFailed":
            failed.append(f"{values['errorText']} {urls.get(number)}")
            open_requests.discard(number)
        elif method == "Network.loadingFinished":
            open_requests.discard(number)
    return statuses, failed


def main():
    command, site, paths = sys.argv[1], sys.argv[2], sys.argv[3:]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = Browser(command, folder)
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        browser.call("Network.enable", session)
        browser.call("Page.enable", session)
        totals = []
        for _ in range(2):
            total, failures, start = collections.Counter(), [], time.monotonic()
            for path in paths:
                statuses, failed = load(browser, session, site + path)
                total += statuses
                failures += failed
            totals.append((total, failures))
            print(f"{len(paths)} pages, {sum(total.values())} answers {dict(total)}, {len(failures)} failed, "
                  f"{1000 * (time.monotonic() - start):.0f} ms")
            for failure in failures[:10]:
                print(f"  {failure}")
        browser.process.terminate()
        browser.process.wait()
    (first, first_failed), (second, second_failed) = totals
    fine = not first_failed and not second_failed and first[200] > 0
    sys.exit(0 if fine and set(second) == {304} else 1)


main()
