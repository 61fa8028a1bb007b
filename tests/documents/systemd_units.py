"""The units of docs/systemd as systemd itself reads them, and their commands as they would be run."""

import argparse
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
UNITS = ROOT / "docs" / "systemd"


def install(folder, programs):
    """Copies the units, with the programs where they were built; returns them by name."""
    copies = {}
    for unit in sorted(UNITS.iterdir()):
        text = unit.read_text(encoding="utf-8").replace("/usr/bin/vakant-", f"{programs}/vakant-")
        copies[unit.name] = text
        (folder / unit.name).write_text(text, encoding="utf-8")
    return copies


def complaints(folder, names):
    """What systemd-analyze says of them; a user that is not on this machine is none."""
    said = subprocess.run(["systemd-analyze", "verify", "--man=no", *(str(folder / name) for name in names)],
                          capture_output=True, text=True, check=False)
    return [line for line in said.stderr.splitlines() if any(name in line for name in names)]


def wrong_commands(copies):
    """The programs know every option that the units give them."""
    wrong = []
    for name, text in copies.items():
        for command in re.findall(r"^ExecStart=(.+)$", text, re.M):
            words = shlex.split(command)
            if words[0] == "/bin/sh":
                words = shlex.split(words[2].replace("exec ", "", 1))
            said = subprocess.run([*words, "--help"], capture_output=True, text=True, check=False)
            options = [word for word in words if word.startswith("--")]
            program_says = subprocess.run([words[0], "--help"], capture_output=True, text=True, check=False).stdout
            unknown = [option for option in options if option not in said.stdout + program_says]
            if said.returncode != 0 or unknown:
                wrong.append(f"{name}: {command}: {said.stderr.strip() or unknown}")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=pathlib.Path, required=True)
    parser.add_argument("--control", action="store_true", help="spoil the units, which has to be found")
    given = parser.parse_args()
    if shutil.which("systemd-analyze") is None:
        print("skipped: systemd-analyze is not installed")
        return 0
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        copies = install(folder, given.programs.resolve())
        if given.control:
            for name, text in copies.items():
                copies[name] = text.replace("ProtectSystem=strict", "ProtectSystem=stric") \
                                   .replace(" --data ", " --date ").replace("OnCalendar=", "OnCalender=")
                (folder / name).write_text(copies[name], encoding="utf-8")
        found = complaints(folder, list(copies)) + wrong_commands(copies)
    for line in found:
        print(line)
    if given.control:
        missed = [name for name in copies if not any(name in line for line in found)]
        print("\n".join(f"{name}: spoilt, and nobody saw it" for name in missed))
        return 1 if missed else 0
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
