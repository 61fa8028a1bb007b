"""tools/bench fleet: two thousand kiosks come back after an outage with ten registrations each, on SQLite and on
PostgreSQL; and the feed, asked by the clock."""

import sys

from bench import ROOT, Lines, arguments
from bench_agency import loaded_agency, pss_mb
from walk import WentWrong

sys.path.insert(0, str(ROOT / "tests" / "agency"))
import with_postgres  # noqa: E402

EACH = 10


def bench_fleet(given, lines, name, postgres=""):
    kiosks, outage, cap = (40, 5, 4_000) if given.short else (2_000, 48 * 60, 240_000)
    with loaded_agency(given, kiosks, postgres) as load:
        fed = load.against("feed", "--rate", 100, "--seconds", 2 if given.short else 20, "--connections", 16)
        lines.add(f"{name}: feed from its ETag, p99", fed["p99_ms"], "ms", target="<= 5", ok=fed["p99_ms"] <= 5)
        found = load.against("fleet", "--each", EACH, "--outage-minutes", outage, "--retry-cap-ms", cap)
        memory = pss_mb(load.agency.process.pid)
        load.agency.stop()
        held = load.of_store("count")
    items = kiosks * EACH
    once = held == {"envelopes": items, "registrations": items, "reference_numbers": items}
    minutes = found["drained_ms"] / 60_000
    lines.add(f"{name}: registrations of {kiosks} kiosks, once", held["envelopes"], "", target=str(items), ok=once)
    lines.add(f"{name}: drained within", minutes, "min", target="<= 5", ok=minutes <= 5)
    lines.add(f"{name}: fullest minute", found["peak_to_mean"], "x mean", target="<= 2", ok=found["peak_to_mean"] <= 2)
    lines.add(f"{name}: requests meanwhile", found["requests"], "")
    lines.add(f"{name}: of these failed", found["failures"], "")
    lines.add(f"{name}: memory (PSS)", memory, "MB")


def main():
    given = arguments(__doc__)
    lines = Lines(given)
    try:
        bench_fleet(given, lines, "SQLite")
        programs = with_postgres.programs()
        if programs:
            with with_postgres.cluster(programs, "on") as postgres:
                bench_fleet(given, lines, "PostgreSQL", postgres)
        else:
            lines.left_out("PostgreSQL", "not installed")
    except WentWrong as wrong:
        print(f"bench fleet: {wrong}", file=sys.stderr)
        return 1
    return lines.exit_code()


if __name__ == "__main__":
    sys.exit(main())
