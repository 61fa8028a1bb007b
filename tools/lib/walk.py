"""Drives the real programs: a virtual display, an agency with its backend, and the kiosk through its window.

Input goes through the window alone (xdotool), to the places that the kiosk's semantic tree names. Used by
tools/run, tools/bench and tests/flows; Python's standard library only.
"""

import contextlib
import json
import os
import random
import signal
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class WentWrong(Exception):
    """A step that did not do what it should: the message says which and what was there instead."""


def wait_until(what, found, timeout_s=20.0):
    """Asks `found` until it answers something true; fails naming what was waited for."""
    deadline = time.monotonic() + timeout_s
    while True:
        answer = found()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise WentWrong(f"waited {timeout_s:.0f} s for {what}")
        time.sleep(0.02)


class Display:
    """An X display of its own. Its number is drawn, not asked for by -displayfd: two servers that start at the same
    moment can both be given 0."""

    def __init__(self, width=1920, height=1080, keyboard="fi"):
        for _ in range(20):
            if self._opened(random.SystemRandom().randint(100, 9999), width, height):
                break
        else:
            raise WentWrong("Xvfb did not start")
        # A fixed layout: xdotool then finds every letter on a key and need not change the keymap while typing.
        subprocess.run(["setxkbmap", keyboard], env=self.environment, check=False, stderr=subprocess.DEVNULL)

    def _opened(self, number, width, height):
        if Path(f"/tmp/.X{number}-lock").exists():
            return False
        self.name = f":{number}"
        self.environment = {**os.environ, "DISPLAY": self.name}
        self.environment.pop("WAYLAND_DISPLAY", None)
        self.process = subprocess.Popen(["Xvfb", self.name, "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp",
                                         "-noreset"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

        def answers():
            asked = subprocess.run(["xdotool", "getdisplaygeometry"], env=self.environment, capture_output=True,
                                   check=False)
            return asked.returncode == 0 or self.process.poll() is not None

        wait_until("Xvfb", answers, 30)
        return self.process.poll() is None

    def run(self, *command):
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise WentWrong(f"{command[0]}: {done.stderr.strip()}")
        return done.stdout

    def screenshot(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self.run("import", "-silent", "-window", "root", str(path))
        return path

    def close(self):
        self.process.terminate()
        self.process.wait()


def stop(process, how=signal.SIGTERM):
    if process is None or process.poll() is not None:
        return
    process.send_signal(how)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Control:
    """The kiosk's control socket: one JSON object a line, one answer a line."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(30)
        self.socket.connect(str(path))
        self.lines = self.socket.makefile("r", encoding="utf-8")

    def ask(self, **question):
        self.socket.sendall((json.dumps(question) + "\n").encode())
        line = self.lines.readline()
        if not line:
            raise WentWrong(f"the kiosk closed the control socket at {question}")
        answer = json.loads(line)
        if "error" in answer:
            raise WentWrong(f"control {question}: {answer['error']}")
        return answer

    def close(self):
        self.lines.close()
        self.socket.close()


class Kiosk:
    """The kiosk as a person meets it: what the screen shows, taps, keys. Starts again after stop() and kill().
    `size` None is the full screen."""

    def __init__(self, display, programs, data, arguments=(), size="1920x1080", screenshots=None):
        self.display = display
        self.data = Path(data)
        self.data.mkdir(parents=True, exist_ok=True)
        self.socket_path = self.data / "control.sock"
        self.command = [str(Path(programs) / "vakant-kiosk"), "--data", str(self.data), "--assets",
                        str(ROOT / "assets"), "--control", str(self.socket_path),
                        *(["--windowed", size] if size else []), *map(str, arguments)]
        self.screenshots = screenshots
        self.process = None
        self.control = None
        self.log = self.data.parent / f"{self.data.name}.log"

    # ---- the program

    def start(self, *more):
        self.socket_path.unlink(missing_ok=True)
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([*self.command, *more], env=self.display.environment, stdout=log,
                                            stderr=log)
        wait_until("the kiosk's control socket", lambda: self.is_alive() and self.socket_path.exists())
        self.control = wait_until("an answer of the control socket", self._connected)
        self.settle()
        return self

    def _connected(self):
        with contextlib.suppress(OSError):
            return Control(self.socket_path)
        return None

    def is_alive(self):
        if self.process.poll() is not None:
            tail = self.log.read_text(errors="replace")[-600:]
            raise WentWrong(f"the kiosk ended with {self.process.returncode}: {tail}")
        return True

    def stop(self, how=signal.SIGTERM):
        if self.control:
            self.control.close()
            self.control = None
        stop(self.process, how)

    def kill(self):
        """As a power cut for the program: no handler runs."""
        self.stop(signal.SIGKILL)

    # ---- what is on the screen

    def settle(self, timeout_ms=15000):
        """Waits until nothing is outstanding and the last frame stays."""
        return self.control.ask(do="idle", timeout_ms=timeout_ms)

    def tree(self):
        return self.control.ask(do="tree")

    def page(self):
        return self.tree()["page"]

    def find(self, key):
        return next((node for node in self.tree()["nodes"] if node["key"] == key), None)

    def node(self, key, timeout_s=10.0):
        def found():
            self.is_alive()
            return self.find(key)

        try:
            return wait_until(key, found, timeout_s)
        except WentWrong:
            tree = self.tree()
            keys = " ".join(node["key"] for node in tree["nodes"] if not node["key"].startswith("keyboard."))
            raise WentWrong(f"no {key} on page {tree['page']}; there are: {keys}") from None

    def text(self, key):
        node = self.node(key)
        return node.get("value") or node["name"]

    def wait_page(self, page, timeout_s=15.0):
        wait_until(f"page {page} (is {self.page()})", lambda: self.is_alive() and self.page() == page, timeout_s)
        self.settle()

    def screenshot(self, name):
        if not self.screenshots:
            return None
        self.settle()
        return self.display.screenshot(Path(self.screenshots) / f"{name}.png")

    # ---- touch

    def tap(self, key, times=1, between_ms=0):
        node = self.bring_into_view(key)
        x, y, w, h = node["rect"]
        clicks = ["click", "1"] if times == 1 else ["click", "--repeat", str(times), "--delay", str(between_ms), "1"]
        self.display.run("xdotool", "mousemove", str(round(x + w / 2)), str(round(y + h / 2)), *clicks)
        self.settle()

    def bring_into_view(self, key):
        """By the large scroll buttons, as a person who cannot swipe."""
        for _ in range(60):
            node = self.node(key)
            if node.get("on_screen", True):
                return node
            down = self.find("scroll.down")
            if not down:
                raise WentWrong(f"{key} is out of view and there is no scroll.down")
            # The button ends where the page's strip does; a tall card may begin far above that and still end below.
            strip, card = down["rect"], node["rect"]
            below = card[1] + card[3] > strip[1] + strip[3]
            button = "scroll.down" if below else "scroll.up"
            x, y, w, h = self.find(button)["rect"]
            self.display.run("xdotool", "mousemove", str(round(x + w / 2)), str(round(y + h / 2)), "click", "1")
            self.settle()
        raise WentWrong(f"{key} does not come into view")

    def touch_in(self, field, text):
        """Writes into a field with the keyboard on the screen."""
        self.tap(field)
        for letter in text:
            self.tap_letter(letter)
        if self.find("keyboard.ready"):
            self.tap("keyboard.ready")
        self.expect_value(field, text)

    def bring_key(self, letter, press):
        """The key of a letter, which may stand on another layer or on another language's keyboard."""
        key = "keyboard." + letter.lower()
        if self.find(key):
            return key
        if self.find("keyboard.letters"):
            press("keyboard.letters")
        if not letter.isalpha() and not self.find(key):
            press("keyboard.symbols")
        if letter.isalpha() and not self.find(key):
            script = "ar" if "\u0600" <= letter <= "\u06ff" else "uk" if "\u0400" <= letter <= "\u04ff" else "fi"
            press("keyboard.language")
            press("keyboard.layout." + script)
        for _ in range(4):
            if self.find(key) or not letter.isalpha():
                break
            press("keyboard.more")
        return key

    def tap_letter(self, letter):
        if letter == " ":
            return self.tap("keyboard.space")
        key = self.bring_key(letter, self.tap)
        if self.node(key)["name"] != letter:  # the keyboard begins names with a capital by itself
            self.tap("keyboard.shift")
        return self.tap(key)

    def expect_value(self, field, text):
        value = self.node(field).get("value", "")
        if value != text:
            raise WentWrong(f'{field} holds "{value}" instead of "{text}"')

    # ---- keys

    def press(self, *names):
        """Keys by their X names: Tab, Return, Down, adiaeresis ..."""
        self.display.run("xdotool", "key", "--clearmodifiers", "--delay", "4", *names)
        self.settle()

    def type(self, text, between_ms=30):
        """On a keyboard that is plugged in. Quicker than this would be a scanner (kiosk/input/scanner.h)."""
        names = [KEY_NAMES.get(letter, letter) for letter in text]
        for start in range(0, len(names), 40):
            self.display.run("xdotool", "key", "--delay", str(between_ms), *names[start:start + 40])
        self.settle()

    def scan(self, code):
        """As a barcode scanner: every character within a few milliseconds, then Enter."""
        names = [KEY_NAMES.get(letter, letter) for letter in code]
        self.display.run("xdotool", "key", "--delay", "1", *names, "Return")
        self.settle()

    def focused(self):
        return next((node for node in self.tree()["nodes"] if node.get("focused")), None)

    def focus_on(self, key, step="Tab"):
        """With the next-key alone, as on a keypad."""
        self.node(key)
        for _ in range(200):
            now = self.focused()
            if now and now["key"] == key:
                return now
            self.press(step)
        raise WentWrong(f"the focus does not reach {key}")

    def choose(self, key):
        """With the keypad: goes there and selects."""
        self.focus_on(key)
        self.press("Return")

    def keypad_in(self, field, text):
        """Writes into a field with the keypad alone: arrows over the keyboard on the screen, select for each letter."""
        self.choose(field)
        wait_until("the keyboard on the screen", lambda: self.find("keyboard"))
        for letter in text:
            if letter == " ":
                self.steer_to("keyboard.space")
            else:
                key = self.bring_key(letter, self.steer_to)
                if self.node(key)["name"] != letter:
                    self.steer_to("keyboard.shift")
                self.steer_to(key)
        self.steer_to("keyboard.ready")
        self.expect_value(field, text)

    def steer_to(self, key):
        """Arrow keys by geometry, then select."""
        for _ in range(80):
            goal, now = self.node(key), self.focused()
            if now and now["key"] == key:
                return self.press("Return")
            if not now or not now["key"].startswith("keyboard."):
                self.press("Tab")
                continue
            x, y, w, h = now["rect"]
            gx, gy, gw, gh = goal["rect"]
            if abs(gy - y) > h / 2:
                self.press("Down" if gy > y else "Up")
            else:
                self.press("Right" if gx > x else "Left")
        raise WentWrong(f"the arrow keys do not reach {key}")


KEY_NAMES = {" ": "space", ".": "period", ",": "comma", "-": "minus", "'": "apostrophe", "ä": "adiaeresis",
             "ö": "odiaeresis", "å": "aring", "Ä": "Adiaeresis", "Ö": "Odiaeresis", "Å": "Aring", "\b": "BackSpace",
             "@": "at", "+": "plus", "!": "exclam", "?": "question", ":": "colon", ";": "semicolon", "/": "slash",
             "(": "parenleft", ")": "parenright", '"': "quotedbl", "’": "apostrophe", "_": "underscore", "&": "ampersand"}
