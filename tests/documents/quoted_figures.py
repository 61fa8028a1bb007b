"""Each figure in README.md's table "Tried to break" is what a run has left: docs/faults/NAME.json is the file that the
run of NAME wrote, and the table quotes how often it tried and that nothing was violated."""

import argparse
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
QUOTED = ("cells", "refusals")


def rows_of(text):
    """(names, figures) of each line of the table."""
    table = text.split("## Tried to break", 1)[1].split("\n## ", 1)[0]
    for line in [line for line in table.splitlines() if line.startswith("|")][2:]:
        what, often = [cell.strip() for cell in line.strip("|").split("|")][:2]
        yield re.findall(r"`([a-z_]+)`", what), [int(figure.replace(",", "")) for figure in
                                                re.findall(r"\d{1,3}(?:,\d{3})+|\d+", often)]


def faults_in(text, runs):
    quoted = set()
    for names, figures in rows_of(text):
        if not names:
            yield "a line of the table names no run"
            continue
        wanted = []
        for name in names:
            quoted.add(name)
            if name not in runs:
                yield f"{name}: no run is kept in docs/faults"
                continue
            wanted += [runs[name][figure] for figure in QUOTED if figure in runs[name]]
            if runs[name]["violations"]:
                yield f"{name}: the run found {runs[name]['violations'][0]}"
        if all(name in runs for name in names) and sorted(wanted) != sorted(figures):
            yield f"{', '.join(names)}: the table says {figures}, the runs say {wanted}"
    for name in sorted(set(runs) - quoted):
        yield f"{name}: is kept in docs/faults and quoted nowhere"


def control():
    table = "## Tried to break\n\n|a|b|c|\n|-|-|-|\n| x (`one`) | 1,001 | 0 |\n| y (`two`) | 2 | 0 |\n| z | 3 | 0 |\n"
    runs = {"one": {"cells": 1000, "violations": []}, "three": {"cells": 3, "violations": ["lost"]}}
    found = list(faults_in(table, runs))
    print("\n".join(found))
    return 0 if found == ["one: the table says [1001], the runs say [1000]", "two: no run is kept in docs/faults",
                          "a line of the table names no run", "three: is kept in docs/faults and quoted nowhere"] else 1


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--control", action="store_true", help="the check must find what is planted")
    if options.parse_args().control:
        return control()
    runs = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "docs" / "faults").glob("*.json")}
    found = list(faults_in((ROOT / "README.md").read_text(encoding="utf-8"), runs))
    print("\n".join(found) or f"{len(runs)} runs, each quoted as it was")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
