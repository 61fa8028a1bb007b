"""tools/bench form: how long a keystroke takes in a form of 300 questions, 200 of them under a condition."""

import json
import subprocess
import sys

from bench import Lines, arguments, median

TARGET_MS = 2


def main():
    given = arguments(__doc__)
    ran = subprocess.run([given.bin / "bench_form", "--count", "50" if given.short else "5000"], capture_output=True,
                         text=True, check=False)
    if ran.returncode != 0:
        print(ran.stderr.strip(), file=sys.stderr)
        return 1
    measured = json.loads(ran.stdout)
    lines = Lines(given)
    for kind, name in (("on_one", "all conditions look at this one"), ("in_a_chain", "each hangs on the one before"),
                       ("on_none", "nothing hangs on it")):
        times = sorted(one / 1000 for one in measured[kind])
        p99 = times[len(times) * 99 // 100]
        lines.add(f"{name}, median", median(times), "ms")
        lines.add(f"{name}, p99", p99, "ms", target=f"<= {TARGET_MS} ms", ok=p99 <= TARGET_MS)
    return lines.exit_code()


if __name__ == "__main__":
    sys.exit(main())
