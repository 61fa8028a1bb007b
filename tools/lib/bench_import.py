"""tools/bench import: 44,000 JobTech-shaped ads into an empty store, and the same file again."""

import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path

from agency import Agency
from bench import ROOT, Lines, arguments, run_json
from walk import WentWrong

SEED = 20261123
MOST_SECONDS, MOST_AGAIN, MOST_MB = 30, 10, 200


def timed(line):
    """Seconds, and the most memory that it held at a time in MB."""
    begun = time.monotonic()
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        said, problem = process.stdout.read(), process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise WentWrong(f"vakant-agency import: {problem.strip() or said[:500]}")
    return time.monotonic() - begun, used.ru_maxrss / 1024


def main():
    given = arguments(__doc__)
    lines = Lines(given)
    ads = 500 if given.short else 44_000
    try:
        with tempfile.TemporaryDirectory(dir=ROOT / "build", prefix="bench-import-") as folder:
            file = Path(folder) / "ads.json"
            made = run_json(given.bin / "bench_board", "jobtech", "--ads", ads, "--seed", SEED, "--assets",
                            ROOT / "assets", "--file", file)
            if made is None:
                return 1
            agency = Agency(given.bin, Path(folder) / "agency", starts_at=datetime(2026, 11, 23, 8, tzinfo=timezone.utc))
            agency.prepare()
            line = agency.command_line("import", "--format", "jobtech", "--snapshot", file)
            seconds, megabytes = timed(line)
            again, _ = timed(agency.command_line("import", "--format", "jobtech", "--snapshot", file))
    except WentWrong as wrong:
        print(f"bench import: {wrong}", file=sys.stderr)
        return 1
    lines.add(f"{ads} ads, seed {SEED}: the file", made["bytes"] / 1e6, "MB")
    lines.add("first import", seconds, "s", target=f"<= {MOST_SECONDS}", ok=seconds <= MOST_SECONDS)
    lines.add("first import: most memory", megabytes, "MB", target=f"<= {MOST_MB}", ok=megabytes <= MOST_MB)
    lines.add("the same again", again, "s", target=f"<= {MOST_AGAIN}", ok=again <= MOST_AGAIN)
    return lines.exit_code()


if __name__ == "__main__":
    sys.exit(main())
