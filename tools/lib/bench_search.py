"""tools/bench search: letters typed into a board of 100,000 generated ads, and whole words with every filter counted;
with --million into one of 1,000,000."""

import sys
import tempfile

from bench import ROOT, Lines, arguments, median, percentile, run_json

SEED = 20261123
MOST_P50, MOST_P99, MOST_P99_MILLION, MOST_ENTER = 5, 30, 100, 400


def typed_lines(lines, typed, most_p99):
    every = [value for values in typed.values() for value in values]
    p50, p99 = median(every), percentile(every, 0.99)
    lines.add("2 to 6 letters, 50 rows: p50", p50, "ms", target=f"<= {MOST_P50}", ok=p50 <= MOST_P50)
    lines.add("2 to 6 letters, 50 rows: p99", p99, "ms", target=f"<= {most_p99}", ok=p99 <= most_p99)
    for letters, values in typed.items():
        if values:
            lines.add(f"{letters} letters: p99", percentile(values, 0.99), "ms")
    return p50


def main():
    given = arguments(__doc__, ("--million", "1,000,000 ads: hours rather than minutes, 10 GB of disk"))
    lines = Lines(given)
    ads = 1_000_000 if given.million else 2_000 if given.short else 100_000
    words, scans = (20, 4) if given.short else (600, 0 if given.million else 40)
    board = given.bin / "bench_board"
    common = ["--ads", ads, "--seed", SEED, "--assets", ROOT / "assets"]
    with tempfile.TemporaryDirectory(dir=ROOT / "build", prefix="bench-search-") as folder:
        built = run_json(board, "build", *common, "--folder", folder)
        if built is None:
            return 1
        asked = run_json(board, "ask", *common, "--folder", folder, "--words", words, "--scans", scans)
        if asked is None:
            return 1
    share = built["index_bytes"] / built["text_bytes"]
    lines.add(f"{ads} ads, seed {SEED}: text", built["text_bytes"] / 1e6, "MB")
    lines.add("index", built["index_bytes"] / 1e6, "MB", "text", share, "ratio <= 1", share <= 1)
    lines.add("written", built["written_s"], "s")
    lines.add("read into memory", asked["first_ms"], "ms")
    lines.add("memory of the board", asked["memory_mb"], "MB")
    p50 = typed_lines(lines, asked["letters"]["typed"], MOST_P99_MILLION if given.million else MOST_P99)
    if asked["scan"]:
        scan = median(asked["scan"])
        lines.add("2 to 6 letters: p50", p50, "ms", f"a scan of all texts in memory: {scan:.1f} ms", p50 / scan,
                  "ratio <= 0.1", p50 / scan <= 0.1)
    enter = asked["whole"]["enter"]
    lines.add("Enter, all counts: p50", median(enter), "ms")
    p99 = percentile(enter, 0.99)
    target = "" if given.million else f"<= {MOST_ENTER}"
    lines.add("Enter, all counts: p99", p99, "ms", target=target, ok=given.million or p99 <= MOST_ENTER)
    return lines.exit_code()


if __name__ == "__main__":
    sys.exit(main())
