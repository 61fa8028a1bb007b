"""Every line of ARCHITECTURE.md's threat table names the tests that hold it, and each of them is there."""

import argparse
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def rows_of(text):
    """(who, tests) of each line of the table under "## Threat table"."""
    table = text.split("## Threat table", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in table.splitlines() if line.startswith("|")][2:]
    for line in lines:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        yield cells[0], re.findall(r'"([^"]+)"', cells[3]) if len(cells) > 3 else []


def tests_there():
    """Names of the Catch cases and of the flows."""
    names = set()
    for path in (ROOT / "tests").rglob("*.cpp"):
        joined = re.sub(r'"\s*\n\s*"', "", path.read_text(encoding="utf-8"))
        names |= set(re.findall(r'TEST_CASE(?:_METHOD)?\(\s*(?:\w+,\s*)?"([^"]+)"', joined))
    for path in (ROOT / "tests" / "flows").glob("*_test.py"):
        names |= set(re.findall(r"^def (\w+)\(\):", path.read_text(encoding="utf-8"), re.M))
    return names


def faults_in(text):
    there = tests_there()
    for who, tests in rows_of(text):
        if not tests:
            yield f"{who}: no test is named"
        for test in tests:
            if test not in there:
                yield f'{who}: there is no test "{test}"'


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--control", action="store_true", help="the check must find what is planted")
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    if options.parse_args().control:
        planted = "## Threat table\n\n|a|b|c|d|\n|-|-|-|-|\n| nobody | x | y | \"a test that is not there\" |\n| x | y | z | |\n"
        found = list(faults_in(planted))
        print("\n".join(found))
        return 0 if found == ['nobody: there is no test "a test that is not there"', "x: no test is named"] else 1
    found = list(faults_in(text))
    print("\n".join(found) or f"{len(list(rows_of(text)))} lines, each held by tests")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
