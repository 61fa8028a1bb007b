"""tools/bench kiosk: the registration page of the kiosk against Chromium in kiosk mode and against a Qt 6 QML page.

All three show the same texts, fields, places and fonts (made from the kiosk's own semantic tree), on the same
virtual display, one after the other in every round.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from agency import Agency
from bench import ROOT, Lines, arguments, median
from open_kiosk import enrol
from same_page import as_html, as_qml
from walk import Display, Kiosk, WentWrong, wait_until

WIDTH, HEIGHT = 1920, 1080
# What the probe looks at: the left part, where brand, heading and first fields stand in all three.
REGION = ("0", "0", "960", "1080")
SETTLED_S = 1.5


def session_processes(leader):
    """Every process of the leader's session, and every descendant of these."""
    parents, sessions = {}, {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                fields = Path(entry.path, "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            parents[int(entry.name)], sessions[int(entry.name)] = int(fields[1]), int(fields[3])
    found = {pid for pid, session in sessions.items() if session == leader}
    while True:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        if not more:
            return found
        found |= more


def pss_mb(pids):
    total = 0
    for pid in pids:
        try:
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        except OSError:
            continue
    return total / 1024


def end(leader):
    pids = session_processes(leader)
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
    wait_until("the program to be gone", lambda: not any(Path(f"/proc/{pid}/exe").exists() for pid in pids))


def launch(given, display, command, more_environment):
    """First frame and memory of one start."""
    environment = {**display.environment, **more_environment}
    seen = subprocess.run([str(given.bin / "bench_probe"), *REGION, *command], env=environment, capture_output=True,
                          text=True, check=False, timeout=60)
    if seen.returncode != 0:
        raise WentWrong(seen.stderr.strip())
    outcome = json.loads(seen.stdout)
    time.sleep(SETTLED_S)
    memory = pss_mb(session_processes(outcome["pid"]))
    return outcome["pid"], outcome["first_frame_ms"], memory


def contenders(given, folder, tree):
    """Name -> command line and environment. What is not installed is left out."""
    (folder / "page.html").write_text(as_html(tree), encoding="utf-8")
    (folder / "page.qml").write_text(as_qml(tree, WIDTH, HEIGHT), encoding="utf-8")
    found = {"kiosk": ([str(given.bin / "vakant-kiosk"), "--data", str(folder / "kiosk"), "--assets",
                        str(ROOT / "assets"), "--start-page", "registration", "--windowed", f"{WIDTH}x{HEIGHT}"], {})}
    chromium = shutil.which("chromium")
    if chromium:
        found["chromium"] = ([chromium, "--kiosk", "--no-sandbox", "--no-first-run", "--disable-sync",
                              "--disable-component-update", "--disable-background-networking",
                              "--disable-features=Translate",
                              f"--user-data-dir={folder / 'profile'}", f"--window-size={WIDTH},{HEIGHT}",
                              "--window-position=0,0", (folder / "page.html").as_uri()], {})
    if (given.bin / "bench_qml").exists():
        found["qml"] = ([str(given.bin / "bench_qml"), str(folder / "page.qml")],
                        {"QT_QUICK_BACKEND": "software", "QT_QPA_PLATFORM": "xcb"})
    return found


def bench_starts(given, lines, display, folder, tree):
    rounds = 2 if given.short else 10
    programs = contenders(given, folder, tree)
    for name in ("chromium", "qml"):
        if name not in programs:
            lines.left_out(name, "not installed (tools/bench kiosk without --short installs it)")
    frames, memories = {name: [] for name in programs}, {name: [] for name in programs}
    for number in range(-1, rounds):  # the first one fills caches and profiles
        for name, (command, environment) in programs.items():
            pid, frame, memory = launch(given, display, command, environment)
            if number == -1 and not given.short:
                display.screenshot(ROOT / "build" / "screenshots" / f"bench-{name}.png")
            end(pid)
            if number >= 0:
                frames[name].append(frame)
                memories[name].append(memory)
    frame = {name: median(values) for name, values in frames.items()}
    memory = {name: median(values) for name, values in memories.items()}
    for name in programs:
        if name != "kiosk":
            lines.add(f"{name}: first frame", frame[name], "ms")
            lines.add(f"{name}: memory (PSS)", memory[name], "MB")
    targets = {"chromium": (0.10, 0.08), "qml": (1.0, 1.0)}
    for name, (most_frame, most_memory) in targets.items():
        if name not in programs:
            continue
        ratio = frame["kiosk"] / frame[name]
        lines.add("kiosk: first frame", frame["kiosk"], "ms", name, ratio, f"ratio <= {most_frame}",
                  ratio <= most_frame)
        ratio = memory["kiosk"] / memory[name]
        lines.add("kiosk: memory (PSS)", memory["kiosk"], "MB", name, ratio, f"ratio <= {most_memory}",
                  ratio <= most_memory)


def cpu_and_wakeups(pids):
    nanoseconds = wakeups = 0
    for pid in pids:
        for task in Path(f"/proc/{pid}/task").iterdir():
            nanoseconds += int((task / "schedstat").read_text().split()[0])
            status = (task / "status").read_text()
            wakeups += int(status.split("\nvoluntary_ctxt_switches:")[1].split()[0])
    return nanoseconds, wakeups


def bench_idle(given, lines, display, folder):
    """An enrolled kiosk on its first page, with its backend there: mirror, heartbeat and all."""
    seconds = 5 if given.short else 60
    agency = Agency(given.bin, folder / "agency")
    kiosk = None
    try:
        agency.prepare()
        agency.serve()
        kiosk = Kiosk(display, given.bin, folder / "enrolled", ["--backend", f"https://localhost:{agency.port}",
                                                                "--authority", agency.authority])
        kiosk.start()
        enrol(agency, kiosk)
        kiosk.tap("start")  # the attract page moves from time to time: measured for itself
        wait_until("the vacancies", lambda: kiosk.control.ask(do="status").get("board", {}).get("own"), 60)
        kiosk.settle()
        time.sleep(2)
        pids = {kiosk.process.pid} | children_of(kiosk.process.pid)
        cpu_before, woken_before = cpu_and_wakeups(pids)
        time.sleep(seconds)
        cpu_after, woken_after = cpu_and_wakeups(pids)
    finally:
        for program in (kiosk, agency):
            if program:
                program.stop(signal.SIGKILL)
    percent = (cpu_after - cpu_before) / 1e9 / seconds * 100
    woken = (woken_after - woken_before) / seconds
    lines.add(f"kiosk: idle for {seconds} s", percent, "% CPU", target="<= 0.1 %", ok=percent <= 0.1)
    lines.add("kiosk: wake-ups while idle", woken, "1/s", target="<= 2", ok=woken <= 2)


def bench_attract(given, lines, display, folder):
    """The page that invites, with places on it: nothing happens between its fades."""
    kiosk = Kiosk(display, given.bin, folder / "attract", ["--start-page", "attract"])
    try:
        kiosk.start()
        time.sleep(1)

        def drawn():
            return frames_since(kiosk, 0)["frames"]

        def drawn_meanwhile():
            before = drawn()
            time.sleep(0.2)
            return drawn() - before - 1  # the question itself makes the loop go round once

        turns, still = (1, 3.0) if given.short else (4, 5.0)
        frames, percents = [], []
        for _ in range(turns):
            wait_until("a fade", lambda: drawn_meanwhile() > 2, 20)
            wait_until("its end", lambda: drawn_meanwhile() == 0, 5)
            pids = {kiosk.process.pid}
            before, number = cpu_and_wakeups(pids)[0], drawn()
            time.sleep(still)
            frames.append(drawn() - number - 1)
            percents.append((cpu_and_wakeups(pids)[0] - before) / 1e9 / still * 100)
    finally:
        kiosk.stop(signal.SIGKILL)
    lines.add("kiosk: attract page between fades", max(percents), "% CPU", target="<= 0.1 %",
              ok=max(percents) <= 0.1)
    lines.add("kiosk: frames between fades", max(frames), "", target="0", ok=max(frames) <= 0)


def p99_of(values):
    return sorted(values)[min(len(values) - 1, round(0.99 * len(values)))] if values else float("inf")


def waits_of(seen):
    """Milliseconds by the clock on the wall from an input to its picture on the screen, of the frames that answer
    one: what waited in the window's queue while another frame was drawn is counted with it."""
    return [wait for wait in seen["waited"] if wait is not None]


def busy():
    """Beside a line that a busy machine spoils: the clock on the wall goes on while others compute."""
    load = os.getloadavg()[0]
    return f"busy machine: load {load:.1f}, {os.cpu_count()} cores" if load > 0.75 * os.cpu_count() else ""


def rate_of_run(begun):
    """Frames a second from the first to the last that moved: a fling that reaches the end of the page is over. The
    frames that only answer the bench come after a pause."""
    moving = [begun[0]]
    for at in begun[1:]:
        if at - moving[-1] > 150:
            break
        moving.append(at)
    return (len(moving) - 1) / (moving[-1] - moving[0]) * 1000


def bench_scrolling(given, lines, display, folder):
    """A fling over a long text in the largest size, the program on one core."""
    kiosk = Kiosk(display, given.bin, folder / "scroll", ["--start-page", "about", "--text-scale", "1.75"])
    try:
        kiosk.start()
        os.sched_setaffinity(kiosk.process.pid, {0})
        for task in Path(f"/proc/{kiosk.process.pid}/task").iterdir():
            os.sched_setaffinity(int(task.name), {0})
        rates, dearest = [], []
        for number in range(2 if given.short else 8):
            up = number % 2 == 0
            y, step = (700, -40) if up else (300, 40)
            moves = []
            for i in range(1, 9):
                moves += ["mousemove", "600", str(y + i * step), "sleep", "0.008"]
            kiosk.display.run("xdotool", "mousemove", "600", str(y), "mousedown", "1", *moves, "mouseup", "1")
            first = frames_since(kiosk, 0)["frames"]
            kiosk.settle()
            seen = frames_since(kiosk, first)
            rates.append(rate_of_run(seen["begun"]))
            dearest += [sum(frame) for frame in seen["recent"]]
    finally:
        kiosk.stop(signal.SIGKILL)
    lines.add("kiosk: frames a second while a fling runs", median(rates), "1/s", target=">= 58",
              ok=median(rates) >= 58)
    p99 = p99_of(dearest)
    lines.add("kiosk: a frame of it, CPU, p99", p99, "ms", target="<= 16", ok=p99 <= 16)


def bench_large(given, lines, folder):
    """3840 x 2160 with pixels half as large."""
    display = Display(3840, 2160)
    kiosk = Kiosk(display, given.bin, folder / "large", ["--start-page", "registration", "--mm-per-px", "0.124"],
                  size="3840x2160")
    try:
        kiosk.start()
        full, shown = [], []
        for _ in range(3 if given.short else 12):
            number = frames_since(kiosk, 0)["frames"]
            kiosk.tap("bar.contrast")
            seen = frames_since(kiosk, number)
            full.append(max(page + raster for page, raster, _ in seen["recent"]))
            shown.append(max(waits_of(seen)))
    finally:
        kiosk.stop(signal.SIGKILL)
        display.close()
    lines.add("kiosk: full redraw at 2160p, CPU", median(full), "ms", target="<= 25", ok=median(full) <= 25)
    lines.add("kiosk: touch to screen, full redraw at 2160p", median(shown), "ms", busy())


def bench_monkey(given, lines, display, folder):
    """Presses, drags, keys and letters, anywhere, through the window."""
    kiosk = Kiosk(display, given.bin, folder / "monkey", ["--start-page", "home"])
    wild = random.Random(20261125)
    count, runs = (60 if given.short else 500), 3

    def something():
        x, y = str(wild.randrange(WIDTH)), str(wild.randrange(HEIGHT))
        kind = wild.randrange(6)
        if kind == 0:
            targets = [node["rect"] for node in kiosk.tree()["nodes"] if node.get("focusable")]
            left, top, w, h = wild.choice(targets)
            x, y = str(round(left + w / 2)), str(min(max(round(top + h / 2), 0), HEIGHT - 1))
        if kind <= 2:
            return ["mousemove", x, y, "click", "1"]
        if kind == 3:
            return ["mousemove", x, y, "mousedown", "1", "mousemove", x, str(wild.randrange(HEIGHT)), "mouseup", "1"]
        return ["key", wild.choice(["Tab", "Down", "Return", "Escape", "BackSpace", "a", "adiaeresis", "7", "space"])]

    try:
        kiosk.start()
        for _ in range(20 if given.short else 100):  # what is loaded once, fonts and words, is no leak
            kiosk.display.run("xdotool", *something())
        kiosk.settle()
        memory, number = pss_mb({kiosk.process.pid}), frames_since(kiosk, 0)["frames"]
        costs, waits = [], []
        for _ in range(runs):
            run = []
            for _ in range(count):
                kiosk.display.run("xdotool", *something())
                seen = frames_since(kiosk, number)
                costs += [sum(frame) for frame in seen["recent"]]
                run += waits_of(seen)
                number = seen["frames"]
            waits.append(p99_of(run))
        kiosk.is_alive()
        grown = pss_mb({kiosk.process.pid}) - memory
    finally:
        kiosk.stop(signal.SIGKILL)
    lines.add(f"kiosk: {count} wild inputs, a frame's CPU, p99", p99_of(costs), "ms", target="<= 33",
              ok=p99_of(costs) <= 33)
    wait = median(waits)
    lines.add(f"kiosk: from input to screen, p99 ({runs} runs)", wait, "ms", busy(), target="<= 33", ok=wait <= 33)
    lines.add("kiosk: memory after them", grown, "MB more", target="<= 8", ok=grown <= 8)


def children_of(leader):
    out = subprocess.run(["ps", "-o", "pid=", "--ppid", str(leader)], capture_output=True, text=True, check=False)
    return {int(pid) for pid in out.stdout.split()}


def frames_since(kiosk, number):
    """Milliseconds of thread CPU time of each frame since that one: view to draw list, raster, presenting; "waited"
    by the clock on the wall, from the input to the screen."""
    return kiosk.control.ask(do="stats", after=number)


def bench_drawing(given, lines, kiosk):
    """As the kiosk itself measures it (--control, "stats"): thread CPU time from view to raster."""
    kiosk.tap("field.given_names")
    kiosk.tap("keyboard.a")
    pressed = []
    begin = number = frames_since(kiosk, 0)["frames"]
    for _ in range(10 if given.short else 60):
        kiosk.tap("keyboard.backspace" if len(pressed) % 2 == 0 else "keyboard.a")
        seen = frames_since(kiosk, number)
        # Frames that only looked whether there was news drew nothing; the dearest is the press or the letter.
        pressed.append(max(page + raster for page, raster, _ in seen["recent"]))
        number = seen["frames"]
    button = median(pressed)
    lines.add("kiosk: drawing one button pressed", button, "ms", target="<= 1.5", ok=button <= 1.5)
    pages = sorted(page for page, _, _ in frames_since(kiosk, begin)["recent"])
    p99 = pages[min(len(pages) - 1, round(0.99 * len(pages)))]
    lines.add("kiosk: view, update, draw list p99", p99, "ms", target="<= 4", ok=p99 <= 4)
    kiosk.tap("keyboard.ready")
    full, presenting, shown = [], [], []
    for _ in range(4 if given.short else 16):
        number = frames_since(kiosk, 0)["frames"]
        kiosk.tap("bar.contrast")  # every pixel changes
        seen = frames_since(kiosk, number)
        shown.append(max(waits_of(seen)))
        dearest = max(seen["recent"], key=lambda frame: frame[1])
        full.append(dearest[0] + dearest[1])
        presenting.append(dearest[2])
    lines.add("kiosk: presenting a full redraw, CPU", median(presenting), "ms")
    lines.add("kiosk: full redraw at 1080p, CPU", median(full), "ms", target="<= 8", ok=median(full) <= 8)
    lines.add("kiosk: touch to screen, full redraw at 1080p", median(shown), "ms", busy())


def bench_taps(lines, kiosk):
    """Thirty taps within half a second, press and release in one instant, on two keys in turn: a second tap on one
    and the same key within 80 ms is taken for a tremble of the hand, as it should be."""
    restart(kiosk)
    kiosk.tap("field.family_name")
    middle = {}
    for letter in "sd":
        x, y, w, h = kiosk.node(f"keyboard.{letter}")["rect"]
        middle[letter] = (str(round(x + w / 2)), str(round(y + h / 2)))
    taps = []
    for letter in "sd" * 15:
        taps += ["mousemove", *middle[letter], "click", "1", "sleep", "0.016"]
    kiosk.display.run("xdotool", *taps)
    kiosk.settle()
    value = kiosk.node("field.family_name").get("value", "").lower()
    counted = len(value) if value == ("sd" * 15)[:len(value)] else 0
    lines.add("kiosk: fast taps that counted", counted, "of 30", target="30 of 30", ok=counted == 30)


def restart(kiosk, *more):
    kiosk.stop()
    kiosk.start("--start-page", "registration", *more)


def bench_pictures(lines, kiosk, display, folder):
    """The same page by both renderers."""
    pictures = {}
    for renderer in ("cpu", "gl"):
        restart(kiosk, "--renderer", renderer)
        pictures[renderer] = display.screenshot(folder / f"{renderer}.png")
    pixels = {}
    for renderer, path in pictures.items():
        raw = subprocess.run(["convert", str(path), "-depth", "8", "rgb:-"], capture_output=True, check=True).stdout
        pixels[renderer] = raw
    if len(pixels["cpu"]) != WIDTH * HEIGHT * 3 or len(pixels["gl"]) != len(pixels["cpu"]):
        raise WentWrong("the pictures of the renderers differ in size")
    different = set()
    cpu, gl = pixels["cpu"], pixels["gl"]
    if cpu != gl:
        different = {i // 3 for i, (a, b) in enumerate(zip(cpu, gl)) if a - b > 2 or b - a > 2}
    share = 100 * len(different) / (WIDTH * HEIGHT)
    lines.add("kiosk: CPU and GL picture differ", share, "% of px", target="<= 0.1 %", ok=share <= 0.1)


def main():
    given = arguments(__doc__.split("\n")[0])
    lines = Lines(given)
    display = Display(WIDTH, HEIGHT)
    kiosk = None
    try:
        with tempfile.TemporaryDirectory(prefix="vakant-bench-") as name:
            folder = Path(name)
            kiosk = Kiosk(display, given.bin, folder / "kiosk")
            kiosk.start("--start-page", "registration")
            tree = kiosk.tree()
            kiosk.stop()
            bench_starts(given, lines, display, folder, tree)
            bench_idle(given, lines, display, folder)
            bench_attract(given, lines, display, folder)
            bench_scrolling(given, lines, display, folder)
            bench_large(given, lines, folder)
            bench_monkey(given, lines, display, folder)
            kiosk.start("--start-page", "registration")
            bench_drawing(given, lines, kiosk)
            bench_taps(lines, kiosk)
            bench_pictures(lines, kiosk, display, folder)
            kiosk.stop()
    except WentWrong as wrong:
        print(f"bench kiosk: {wrong}", file=sys.stderr)
        return 1
    finally:
        if kiosk:
            kiosk.stop(signal.SIGKILL)
        display.close()
    return lines.exit_code()


if __name__ == "__main__":
    sys.exit(main())
