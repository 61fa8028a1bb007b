"""What every bench shares: its lines, the table, the JSON form and the verdict."""

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def arguments(description, *flags):
    """`flags`: further ones of this bench alone, as name and help."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--bin", type=Path, required=True, help="folder of the programs")
    parser.add_argument("--json", action="store_true", help="one object a line")
    parser.add_argument("--short", action="store_true", help="that it runs, not how fast")
    for name, meaning in flags:
        parser.add_argument(name, action="store_true", help=meaning)
    return parser.parse_args()


class Lines:
    """The bench's findings, printed as they come."""

    def __init__(self, given):
        self.as_json = given.json
        self.short = given.short
        self.missed = 0
        if not self.as_json:
            print(f"{'name':34} {'value':>12} {'unit':8} {'ratio':>8}  {'target':12} {'':6} against")

    def add(self, name, value, unit, against="", ratio=None, target="", ok=True):
        """`target` as people read it, e.g. "ratio >= 0.6"; `ok` is whether it was reached."""
        self.missed += not ok
        line = {"name": name, "value": round(value, 3), "unit": unit, "against": against,
                "ratio": None if ratio is None else round(ratio, 4), "target": target, "ok": bool(ok)}
        if self.as_json:
            print(json.dumps(line), flush=True)
            return
        shown = "" if ratio is None else f"{ratio:.3f}"
        verdict = "" if not target else "ok" if ok else "MISSED"
        print(f"{name:34} {value:12.2f} {unit:8} {shown:>8}  {target:12} {verdict:6} {against}", flush=True)

    def left_out(self, name, why):
        print(f"{name}: left out, {why}", file=sys.stderr, flush=True)

    def exit_code(self):
        """Short runs show that everything works; only full ones are judged."""
        return 1 if self.missed and not self.short else 0


median = statistics.median


def percentile(values, part):
    """The value that `part` of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def run_json(program, *parts, timeout=7200):
    """What a program printed as JSON; None where it failed, having said why."""
    done = subprocess.run([str(part) for part in (program, *parts)], capture_output=True, text=True, check=False,
                          timeout=timeout)
    if done.returncode != 0:
        print(done.stderr.strip(), file=sys.stderr)
        return None
    return json.loads(done.stdout)
