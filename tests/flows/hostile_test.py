"""Hostile clients against the real backend, over TLS: whatever they send or hold back, its memory grows by 16 MB at
the most and somebody else's fresh request, handshake included, is answered within 100 ms. The figures lie in
faults/hostile_clients.json of the build folder."""

import contextlib
import json
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from house import PROGRAMS, Agency, WentWrong, run_cases, wait_until

MOST_GROWTH_MB = 16
MOST_MS = 100
CROWD = 64
FLOOD = 200 << 20
WATCHED_S = 1.5
HEAD = "Host: localhost\r\nVakant-Protocol: 1\r\n"


class Target:
    """A server as somebody on the network sees it, and its memory."""

    def __init__(self, port, process):
        self.port, self.process = port, process
        self.context = ssl.create_default_context()
        self.context.check_hostname = False
        self.context.verify_mode = ssl.CERT_NONE

    def tcp(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def open(self):
        return self.context.wrap_socket(self.tcp())

    def memory_mb(self):
        for line in Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
        raise WentWrong("the server is gone")

    def fresh_request_ms(self):
        begin = time.monotonic()
        with self.open() as connection:
            connection.settimeout(20)
            connection.sendall(f"GET /v1/keys HTTP/1.1\r\n{HEAD}Connection: close\r\n\r\n".encode())
            answer = connection.recv(64)
        if not answer.startswith(b"HTTP/1.1 401"):
            raise WentWrong(f"a stranger's request was answered {answer[:40]!r}")
        return (time.monotonic() - begin) * 1000


class PlainTarget(Target):
    """For the control: a server without TLS that keeps whatever it gets."""

    def open(self):
        return self.tcp()


def crowd(target, text, count=CROWD):
    made = []
    for _ in range(count):
        connection = target.open()
        connection.sendall(text.encode())
        made.append(connection)
    return made


def push(connection, piece, stop, most=FLOOD):
    """Sends the piece again and again until the other side has had enough."""
    sent = 0
    connection.settimeout(1)
    with contextlib.suppress(OSError):
        while not stop.is_set() and sent < most:
            sent += connection.send(piece)


def pushing(target, head, piece, count=4):
    def attack(stop):
        made = crowd(target, head, count)
        threads = [threading.Thread(target=push, args=(each, piece, stop)) for each in made]
        for thread in threads:
            thread.start()
        stop.wait()
        for thread in threads:
            thread.join()
        return made
    return attack


def trickling(target, head, piece=b"a", count=CROWD):
    """Says one more byte five times a second, which keeps a naive time-out from ever running out."""
    def attack(stop):
        made = crowd(target, head, count)
        while not stop.wait(0.2):
            for each in made:
                with contextlib.suppress(OSError):
                    each.send(piece)
        return made
    return attack


def silent(target, text):
    def attack(stop):
        made = crowd(target, text) if text is not None else [target.tcp() for _ in range(CROWD)]
        stop.wait()
        return made
    return attack


def half_a_greeting(target):
    def attack(stop):
        made = [target.tcp() for _ in range(CROWD)]
        for each in made:
            each.sendall(b"\x16\x03\x01\x02\x00\x01\x00")
        stop.wait()
        return made
    return attack


def attacks(target):
    submit = f"POST /v1/submissions HTTP/1.1\r\n{HEAD}"
    enrol = f"POST /v1/device_authorization HTTP/1.1\r\n{HEAD}"
    known = "Vakant-Device: 00000000-0000-4000-8000-000000000000\r\nAuthorization: Bearer guessed\r\n"
    chunk = b"10000\r\n" + b"b" * 65536 + b"\r\n"
    return {
        "connections that say nothing": silent(target, None),
        "half a TLS greeting": half_a_greeting(target),
        "idle after an answer": silent(target, f"GET /v1/keys HTTP/1.1\r\n{HEAD}\r\n"),
        "half-sent headers": silent(target, "GET /v1/keys HTTP/1.1\r\nHo"),
        "slow headers": trickling(target, "GET /v1/keys HTTP/1.1\r\nX-Word: "),
        "slow bodies": trickling(target, f"{enrol}Content-Length: 4000\r\n\r\n"),
        "slow long bodies": trickling(target, f"{submit}{known}Content-Length: 8000000\r\n\r\n"),
        "an endless header line": pushing(target, "GET /v1/keys HTTP/1.1\r\nX-Word: ", b"a" * 65536),
        "endless headers": pushing(target, "GET /v1/keys HTTP/1.1\r\n", b"X-Word: b\r\n" * 4096),
        "an endless chunked body": pushing(target, f"{submit}{known}Transfer-Encoding: chunked\r\n\r\n", chunk),
        "an endless chunked body where short ones go": pushing(
            target, f"{enrol}Transfer-Encoding: chunked\r\n\r\n", chunk),
        "a body of 200 MB, said": pushing(target, f"{submit}Content-Length: {FLOOD}\r\n\r\n", b"b" * 65536),
        "long bodies from strangers": pushing(
            target, f"{submit}{known}Content-Length: 8000000\r\n\r\n", b"b" * 65536, 32),
        "requests without reading answers": pushing(target, "", f"GET /v1/keys HTTP/1.1\r\n{HEAD}\r\n".encode() * 64),
        "rubbish": pushing(target, "", bytes(range(256)) * 64, 16),
    }


def watch(target, attack):
    """The attack for a while: how far the memory grew, and in what time nine of ten others had their answer. (The
    tenth is what a busy machine does to a program that is ready to run.)"""
    before = target.memory_mb()
    stop, made = threading.Event(), []
    thread = threading.Thread(target=lambda: made.extend(attack(stop)))
    thread.start()
    took, most = [], before
    until = time.monotonic() + WATCHED_S
    try:
        while time.monotonic() < until:
            took.append(target.fresh_request_ms())
            most = max(most, target.memory_mb())
            time.sleep(0.02)
    finally:
        stop.set()
        thread.join()
        for each in made:
            each.close()
    return most - before, sorted(took)[len(took) * 9 // 10]


def broken_lengths(target):
    """Requests whose length can be read in two ways: none is answered as if it could not."""
    enrol = f"POST /v1/device_authorization HTTP/1.1\r\n{HEAD}"
    bodies = {
        "length and chunks": "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "two lengths": "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
        "a negative length": "Content-Length: -1\r\n\r\n",
        "a negative chunk": "Transfer-Encoding: chunked\r\n\r\n-1\r\nab\r\n0\r\n\r\n",
        "a chunk longer than any number": "Transfer-Encoding: chunked\r\n\r\n" + "f" * 40 + "\r\n",
        "a length longer than any number": "Content-Length: " + "9" * 40 + "\r\n\r\n",
        "a length with a sign": "Content-Length: +4\r\n\r\nabcd",
    }
    taken = []
    for name, rest in bodies.items():
        with target.open() as connection:
            connection.sendall((enrol + rest).encode())
            connection.settimeout(5)
            answer = b""
            with contextlib.suppress(OSError):
                answer = connection.recv(4096)
            if answer.startswith(b"HTTP/1.1 2"):
                taken.append(name)
    return taken


def violations_of(found):
    wrong = []
    for name, (growth, took) in found.items():
        if growth > MOST_GROWTH_MB:
            wrong.append(f"{name}: memory grew by {growth:.1f} MB")
        if took > MOST_MS:
            wrong.append(f"{name}: a fresh request took {took:.0f} ms")
    return wrong


def write_report(found, wrong):
    folder = PROGRAMS.parent / "faults"
    folder.mkdir(exist_ok=True)
    (folder / "hostile_clients.json").write_text(json.dumps({
        "name": "hostile_clients", "cells": len(found),
        "figures": {name: {"growth_mb": round(growth, 2), "fresh_request_ms": round(took, 1)}
                    for name, (growth, took) in found.items()},
        "violations": wrong}) + "\n")


def hostile_clients():
    """whatever strangers send or hold back, memory stays flat and others are answered at once"""
    folder = Path(tempfile.mkdtemp(prefix="vakant-hostile-"))
    agency = Agency(PROGRAMS, folder / "agency")
    try:
        agency.prepare()
        agency.serve()
        target = Target(agency.port, agency.process)
        target.fresh_request_ms()
        found = {}
        for name, attack in attacks(target).items():
            found[name] = watch(target, attack)
            print(f"{name:45} {found[name][0]:6.1f} MB more  {found[name][1]:6.0f} ms", flush=True)
        wrong = violations_of(found) + [f"{name} was taken" for name in broken_lengths(target)]
        wait_until("the server to be usable", lambda: target.fresh_request_ms() < MOST_MS)
        write_report(found, wrong)
        if wrong:
            raise WentWrong("; ".join(wrong))
    finally:
        agency.kill()
        shutil.rmtree(folder, ignore_errors=True)


KEEPS_ALL = """
import select, socket, sys
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
kept = {}
while True:
    for each in select.select([listener, *kept], [], [])[0]:
        if each is listener:
            kept[listener.accept()[0]] = bytearray()
            continue
        piece = each.recv(1 << 20)
        kept[each] += piece
        if not piece or kept[each].startswith(b"GET /v1/keys HTTP/1.1\\r\\nHost") and b"\\r\\n\\r\\n" in kept[each]:
            each.close() if not piece else (each.sendall(b"HTTP/1.1 401 No\\r\\n\\r\\n"), each.close())
            kept.pop(each)
"""


def a_server_that_keeps_all_is_found_out():
    """the control: the same measure finds a server that keeps whatever it is sent"""
    process = subprocess.Popen([sys.executable, "-c", KEEPS_ALL], stdout=subprocess.PIPE, text=True)
    try:
        target = PlainTarget(int(process.stdout.readline()), process)
        growth, took = watch(target, attacks(target)["an endless header line"])
        wrong = violations_of({"it": (growth, took)})
        if not any("memory grew" in each for each in wrong):
            raise WentWrong(f"it grew by {growth:.1f} MB only")
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    run_cases({"hostile_clients": hostile_clients,
               "a_server_that_keeps_all_is_found_out": a_server_that_keeps_all_is_found_out})
