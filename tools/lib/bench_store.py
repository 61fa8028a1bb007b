"""tools/bench store: durable writes against the disk itself, group commit against one commit each."""

import json
import subprocess
import sys
import tempfile

from bench import ROOT, Lines, arguments, median


def main():
    given = arguments(__doc__)
    # Many short rounds: the four lie close together, so that what else the machine does hits them alike.
    rounds, seconds = (2, 0.2) if given.short else (21, 0.4)
    # Beside the build, not in /tmp: that may be memory, where syncing costs nothing.
    with tempfile.TemporaryDirectory(dir=ROOT / "build", prefix="bench-store-") as folder:
        ran = subprocess.run([given.bin / "bench_store", "--folder", folder, "--rounds", str(rounds), "--seconds",
                              str(seconds)], capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        print(ran.stderr.strip(), file=sys.stderr)
        return 1
    measured = json.loads(ran.stdout)
    rates = {name: median(values) for name, values in measured.items()}

    def ratio(name, against):
        return median([a / b for a, b in zip(measured[name], measured[against])])

    lines = Lines(given)
    lines.add("disk: overwrite 4 KiB + fdatasync", rates["raw_fdatasync"], "1/s")
    single = ratio("single_insert", "raw_fdatasync")
    lines.add("kiosk: single durable insert", rates["single_insert"], "1/s", "disk", single, "ratio >= 0.6",
              single >= 0.6)
    lines.add("backend: one commit each, 64 at once", rates["one_commit_each"], "1/s")
    group = ratio("group_commit", "one_commit_each")
    lines.add("backend: group commit, 64 at once", rates["group_commit"], "1/s", "one commit each", group,
              "ratio >= 2.5", group >= 2.5)
    return lines.exit_code()


if __name__ == "__main__":
    sys.exit(main())
