"""tools/bench upload: what a queue of registrations costs on its way: sizes, and batches against one by one over TLS."""

import sys

from bench import Lines, arguments, median
from bench_agency import loaded_agency
from walk import WentWrong

SIZED = 100
BATCH = 100


def bench_sizes(given, lines, load):
    sizes = load.run("sizes", "--count", SIZED)
    lines.add(f"registration as JSON, seed {sizes['seed']}", sizes["plain"], "bytes", target=">= 4096",
              ok=sizes["plain"] >= 4096)
    lines.add("the same, sealed", sizes["envelope"], "bytes", "JSON", sizes["ratio"], "ratio <= 0.65",
              sizes["ratio"] <= 0.65)
    lines.add("the same, on the wire", sizes["line"], "bytes", "JSON", sizes["line"] / sizes["plain"])


def main():
    given = arguments(__doc__)
    lines = Lines(given)
    try:
        with loaded_agency(given, 1) as load:
            bench_sizes(given, lines, load)
            count = BATCH if given.short else 10 * BATCH
            rates = load.against("upload", "--count", count, "--batch", BATCH)
    except WentWrong as wrong:
        print(f"bench upload: {wrong}", file=sys.stderr)
        return 1
    lines.add("one by one, one connection", median(rates["one_by_one"]), "1/s")
    ratio = median([b / a for a, b in zip(rates["one_by_one"], rates["batched"])])
    lines.add(f"in batches of {BATCH}", median(rates["batched"]), "1/s", "one by one", ratio, "ratio >= 5", ratio >= 5)
    slower = rates["batched"][-1] / rates["batched"][0]
    lines.add("the last batches against the first", rates["batched"][-1], "1/s", "first", slower, "ratio >= 0.7",
              slower >= 0.7)
    return lines.exit_code()


if __name__ == "__main__":
    sys.exit(main())
