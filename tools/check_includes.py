#!/usr/bin/env python3
"""Holds the sources against the house rules that a compiler cannot see.

Arrows: which room may include which (ARCHITECTURE.md, "Folders"). Doors: each library's headers are included in
the rooms that own it and nowhere else. Habits: no words for people and no mutable statics where pages and widgets
are drawn, no sleeping tests, no files longer than 600 lines.

Prints one "path:line: what is wrong" for each finding. Exit codes: 0 clean, 1 findings (or, with --expect, other
findings than the named ones), 2 wrong use.
"""

import argparse
import re
import sys
from pathlib import Path

CORE_DOORS = ["core/json", "core/xml", "core/sql", "core/http", "core/crypto", "core/text",
              "core/picture"]
CORE = ["core/base", *CORE_DOORS, "core/strings", "core/vacancies", "core/registration", "core/skills", "core/brand",
        "core/envelope", "core/profile", "core/audit"]
KIOSK = ["kiosk/semantics", "kiosk/ui", "kiosk/raster", "kiosk/speech", "kiosk/input", "kiosk/print", "kiosk/pages",
         "kiosk/app"]
CAPABILITIES = ["agency/vacancies", "agency/registration", "agency/skills", "agency/devices", "agency/candidates",
                "agency/postings", "agency/messages", "agency/people", "agency/profile"]

# Room -> rooms (or single headers) that it may include beside itself.
ARROWS = {
    "core/base": [],
    **{door: ["core/base"] for door in CORE_DOORS},
    # Texts by key are JSON files with ICU message formats in them.
    "core/strings": ["core/base", "core/json", "core/text"],
    "core/vacancies": ["core/base", *CORE_DOORS],
    "core/registration": ["core/base", *CORE_DOORS],
    "core/skills": ["core/base", *CORE_DOORS],
    # Checked where a profile is written, drawn where it is shown.
    "core/brand": ["core/base", "core/json"],
    # Rows are chained by digests.
    "core/audit": ["core/base", "core/crypto"],
    # Key sets and answers are JSON texts.
    "core/envelope": ["core/base", "core/crypto", "core/json"],
    "core/profile": ["core/base", "core/json", "core/brand"],
    "sync": CORE,
    "kiosk/semantics": ["core/base"],
    "kiosk/ui": ["core/base", "core/text", "core/json", "core/strings", "core/brand", "kiosk/semantics"],
    "kiosk/raster": ["core/base", "kiosk/ui/draw_frame.h", "kiosk/ui/texture.h"],
    "kiosk/speech": ["core/base", "kiosk/semantics"],
    "kiosk/input": ["core/base", "kiosk/semantics"],
    "kiosk/print": ["core/base", "core/text"],
    # A page is given values; it cannot reach a store, the network or a key.
    "kiosk/pages": ["core/base", "core/text", "core/strings", "core/json", "core/vacancies", "core/registration",
                    "core/skills", "core/profile", "kiosk/ui/ui.h", "kiosk/semantics"],
    "kiosk/app": [*CORE, "sync", "kiosk/pages", "kiosk/ui", "kiosk/semantics", "kiosk/speech", "kiosk/input",
                  "kiosk/print"],
    "kiosk/shell": [*CORE, "sync", *KIOSK],
    "agency/store": ["core/base", "core/sql", "core/audit"],
    "agency/server": ["core/base"],
    **{room: [*CORE, "agency/store"] for room in CAPABILITIES},
    # Opening a registration needs the agency's keys and the device it came from.
    "agency/candidates": [*CORE, "agency/store", "agency/devices"],
    "agency/api": [*CORE, "agency/store", "agency/server", *CAPABILITIES],
    "agency/console": [*CORE, "agency/store", "agency/server", *CAPABILITIES],
    "agency/cli": [*CORE, "agency/store", "agency/server", "agency/api", "agency/console", *CAPABILITIES],
    "tools/vakant": CORE,
    "tools/keyboards": ["core/base", "core/text"],
    "tools/benches": ["*"],
    "tests": ["*"],
}

# Start of a library's header names -> the rooms that may include it. Tests may look at what they test.
COMMAND_LINES = ["kiosk/shell", "agency/cli", "tools/vakant", "tools/benches"]
LIBRARIES = {
    "nlohmann/": ["core/json"],
    "pugixml": ["core/xml"],
    "gumbo": ["core/xml"],
    "sqlite3": ["core/sql"],
    "libstemmer": ["core/sql"],
    "curl/": ["core/http"],
    "sodium": ["core/crypto"],
    "zstd": ["core/crypto"],
    "unicode/": ["core/text"],
    "hb": ["core/text"],
    "ft2build": ["core/text"],
    "freetype": ["core/text"],
    "re2/": ["core/registration"],
    "imgui": ["kiosk/ui", "kiosk/raster", "kiosk/shell"],
    "backends/imgui": ["kiosk/shell"],
    "GLFW/": ["kiosk/shell"],
    "GL/": ["kiosk/shell"],
    "X11/": ["kiosk/shell", "tools/benches"],
    "qrencode": ["kiosk/print"],
    "librsvg": ["core/picture"],
    # librsvg draws on it, and PNG files are read and written by it; slips are PDF documents of it.
    "cairo": ["core/picture", "kiosk/print"],
    "fontconfig/": ["kiosk/print"], # only names a font file to cairo
    "cups/": ["kiosk/print"],
    "boost/": ["agency/server"],
    # core/http asks it one thing of libcurl's connection: to warn of wrong dates only, for the pinned authority.
    "openssl/": ["agency/server", "core/http"],
    "libpq": ["agency/store"],
    "mustache": ["agency/console"],
    "CLI/": COMMAND_LINES,
    "toml++": COMMAND_LINES,
    "spdlog/": COMMAND_LINES,
    "xkbcommon/": ["tools/keyboards"],
    "catch2/": ["tests"],
    "Qt": ["tools/benches"],
    "QGui": ["tools/benches"],
    "QQ": ["tools/benches"],
}

# Beside the standard library (names without a dot): the system's own headers.
SYSTEM = re.compile(r"^(sys|linux|netinet|arpa|net)/|^(assert|ctype|dirent|dlfcn|errno|fcntl|float|inttypes|limits|"
                    r"locale|malloc|math|netdb|poll|pthread|pwd|sched|signal|spawn|stdarg|stddef|stdint|stdio|stdlib|string|"
                    r"strings|syslog|termios|time|unistd|wait|[a-z]mmintrin|cpuid|x86intrin|arm_neon)\.h$")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
MUTABLE_STATIC = re.compile(r"^\s+static\s+(?!const\b|constexpr\b|consteval\b|inline\s+const)[^(]*(=|;|\{)")
SLEEP = re.compile(r"\b(sleep_for|sleep_until|usleep|nanosleep)\s*\(|(?<![\w.])sleep\s*\(")
MOST_LINES = 600


def room_of(path):
    """The room that a path belongs to: the longest entry of ARROWS that it lies under."""
    parts = path.split("/")
    for length in range(len(parts) - 1, 0, -1):
        if "/".join(parts[:length]) in ARROWS:
            return "/".join(parts[:length])
    return None


def without_comments(text):
    """The text with comments blanked and line numbers kept; string literals stay as they are."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)+\'', re.DOTALL)
    return pattern.sub(lambda m: re.sub(r"[^\n]", " ", m[0]) if m[0][0] == "/" else m[0], text)


def check_project_include(room, path, target, root):
    if not (root / target).exists():
        if (root / path).parent.joinpath(target).exists():
            return f'"{target}" is written from this folder; write it from the project\'s root'
        return f'"{target}" is not a file of the project'
    other = room_of(target)
    if other is None:
        return f'"{target}" belongs to no room (add it to ARROWS in tools/check_includes.py)'
    allowed = ARROWS[room]
    if other == room or "*" in allowed or other in allowed or target in allowed:
        return None
    return f'{room} may not include {other} ("{target}")'


def check_library_include(room, target):
    owners = next((owners for start, owners in LIBRARIES.items() if target.startswith(start)), None)
    if owners is not None:
        if room in owners or room == "tests":
            return None
        return f"<{target}> may be included by {', '.join(owners)} only, not by {room}"
    if ("." not in target and "/" not in target) or SYSTEM.search(target):
        return None
    return f"<{target}> belongs to a library without an owner (add it to LIBRARIES in tools/check_includes.py)"


def is_words(literal):
    """Two words with a space between: what a person would read. Keys, formats and file names have none."""
    return re.search(r"[^\W\d_]{2,} [^\W\d_]{2,}", literal) is not None


def check_habits(room, number, line):
    if room in ("kiosk/pages", "kiosk/ui"):
        if MUTABLE_STATIC.search(line):
            yield f"{number}: a mutable static; state lives in the page's struct"
    if room == "kiosk/pages" and not line.lstrip().startswith(("#include", "static_assert")):
        for match in STRING.finditer(line):
            if is_words(match[1]):
                yield f'{number}: words for people in code ("{match[1]}"); they belong to assets/strings'
    if room == "tests" and SLEEP.search(line):
        yield f"{number}: a test that sleeps; give it a fake clock"


def check_file(root, path):
    room = room_of(path)
    text = (root / path).read_text(encoding="utf-8", errors="replace")
    lines = without_comments(text).split("\n")
    if room is None:
        yield "1: belongs to no room (add its folder to ARROWS in tools/check_includes.py)"
        return
    for number, line in enumerate(lines, 1):
        include = INCLUDE.match(line)
        if include:
            kind, target = include.groups()
            problem = check_library_include(room, target) if kind == "<" else check_project_include(
                room, path, target, root)
            if problem:
                yield f"{number}: {problem}"
        yield from check_habits(room, number, line)
    if len(lines) > MOST_LINES + 1:
        yield f"{len(lines) - 1}: longer than {MOST_LINES} lines; split it by meaning"


def findings(root, skipped):
    for top in ("core", "sync", "kiosk", "agency", "tools", "tests"):
        for file in sorted((root / top).rglob("*")):
            path = file.relative_to(root).as_posix()
            if file.suffix in (".h", ".cpp") and not any(path.startswith(s) for s in skipped):
                for finding in check_file(root, path):
                    yield f"{path}:{finding}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent, help="the tree to check")
    parser.add_argument("--expect", type=Path, help="a file with exactly the findings that must be there")
    given = parser.parse_args()
    if not given.root.is_dir():
        parser.error(f"--root {given.root}: not a folder")
    skipped = [] if given.expect else ["tests/includes/bad"]
    found = list(findings(given.root, skipped))
    if given.expect:
        expected = given.expect.read_text(encoding="utf-8").splitlines()
        for line in [f"not found: {line}" for line in expected if line not in found] + \
                    [f"not expected: {line}" for line in found if line not in expected]:
            print(line)
        return 0 if found == expected else 1
    print("\n".join(found) if found else "every include follows the arrows")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
