"""A small DevTools client: one headless Chromium with one page, by the standard library alone.

Usage:

    with Browser(chromium) as browser:
        browser.open("file:///folder/zoo.html")
        print(browser.evaluate("document.title"), browser.problems, browser.requests)
"""

import base64
import json
import os
import shutil
import socket
import struct
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request


class BrowserError(Exception):
    """The browser did not start, did not answer, or a script in the page failed."""


class WebSocket:
    """The client's side of RFC 6455, for text in both directions."""

    def __init__(self, address, timeout=120):
        url = urllib.parse.urlparse(address)
        self.socket = socket.create_connection((url.hostname, url.port))
        self.socket.settimeout(timeout)
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            f"GET {url.path} HTTP/1.1", f"Host: {url.netloc}", "Upgrade: websocket", "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", "", "",
        ]
        self.socket.sendall("\r\n".join(lines).encode())
        self.buffer = b""
        while b"\r\n\r\n" not in self.buffer:
            self.buffer += self._more()
        self.buffer = self.buffer.split(b"\r\n\r\n", 1)[1]

    def _more(self):
        data = self.socket.recv(1 << 20)
        if not data:
            raise BrowserError("the browser closed the connection")
        return data

    def _take(self, count):
        while len(self.buffer) < count:
            self.buffer += self._more()
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def receive(self):
        """The next message, of any number of frames."""
        message = b""
        while True:
            first, second = self._take(2)
            length = second & 127
            if length == 126:
                (length,) = struct.unpack(">H", self._take(2))
            elif length == 127:
                (length,) = struct.unpack(">Q", self._take(8))
            payload = self._take(length)
            # Pings and pongs may stand between the frames of a message.
            if first & 8 == 0:
                message += payload
                if first & 128:
                    return message

    def send(self, text):
        """Sends a text in one frame, masked as a client has to."""
        data = text.encode()
        mask = os.urandom(4)
        if len(data) < 126:
            head = struct.pack(">BB", 129, 128 | len(data))
        elif len(data) < 1 << 16:
            head = struct.pack(">BBH", 129, 254, len(data))
        else:
            head = struct.pack(">BBQ", 129, 255, len(data))
        self.socket.sendall(head + mask + bytes(byte ^ mask[index & 3] for index, byte in enumerate(data)))

    def close(self):
        self.socket.close()


class Browser:
    """A headless Chromium; `problems` has what the console complained of, `requests` every address asked for."""

    def __init__(self, executable="chromium"):
        self.folder = tempfile.mkdtemp(prefix="nnopt-browser-")
        self.problems, self.requests, self.number, self.socket = [], [], 0, None
        arguments = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--remote-debugging-port=0", "--remote-allow-origins=*", f"--user-data-dir={self.folder}", "about:blank",
        ]
        self.process = subprocess.Popen(
            [executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            self.socket = WebSocket(self._address())
            for domain in ("Runtime", "Page", "Log", "Network"):
                self.call(f"{domain}.enable")
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _address(self, seconds=60):
        """Where the page listens; the browser chooses a free port and writes it down."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with open(os.path.join(self.folder, "DevToolsActivePort"), encoding="utf-8") as file:
                    port = int(file.readline())
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/json") as answer:
                    pages = [page for page in json.load(answer) if page["type"] == "page"]
                if pages:
                    return pages[0]["webSocketDebuggerUrl"]
            except (OSError, ValueError):
                pass
            time.sleep(0.1)
        raise BrowserError("the browser did not start")

    def call(self, method, **parameters):
        """One command of the protocol; events that come before its answer are noted."""
        self.number += 1
        number = self.number
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.receive())
            if message.get("id") != number:
                self._note(message)
            elif "error" in message:
                raise BrowserError(f"{method}: {message['error'].get('message')}")
            else:
                return message["result"]

    def _note(self, message):
        method, values = message.get("method"), message.get("params", {})
        if method == "Runtime.exceptionThrown":
            details = values["exceptionDetails"]
            self.problems.append(details.get("exception", {}).get("description", details.get("text")))
        elif method == "Runtime.consoleAPICalled" and values["type"] in ("error", "warning", "assert"):
            self.problems.append(" ".join(str(value.get("value", value)) for value in values["args"]))
        elif method == "Log.entryAdded" and values["entry"]["level"] in ("error", "warning"):
            self.problems.append(values["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            self.requests.append(values["request"]["url"])

    def evaluate(self, script):
        """The value of an expression in the page; promises are waited for."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise BrowserError(details.get("exception", {}).get("description", details.get("text")))
        return answer["result"].get("value")

    def size(self, width, height):
        """The window's size in pixels."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def open(self, address):
        """Goes to an address; what it shows is for `wait` to find out."""
        answer = self.call("Page.navigate", url=address)
        if answer.get("errorText"):
            raise BrowserError(f"{address}: {answer['errorText']}")

    def wait(self, condition, seconds=60):
        """Whether an expression became true in time; a page that is being replaced counts as not yet."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if self.evaluate(condition):
                    return True
            except BrowserError:
                pass
            time.sleep(0.05)
        return False

    def click(self, x, y):
        """A click of the mouse at a place of the window."""
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def close(self):
        """Ends the browser and takes its folder away."""
        if self.socket:
            try:
                self.call("Browser.close")
            except (BrowserError, OSError):
                pass
            self.socket.close()
        try:
            self.process.wait(10 if self.socket else 0.1)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
