"""tools/bench relevance: judged queries in seven languages among real, demo and generated ads. Without the reference
data beside the project the real ads and ESCO's names are left out, and nothing is judged."""

import sys
import tempfile

from bench import ROOT, Lines, arguments, run_json

SEED = 20261123
LEAST_RECALL, LEAST_NDCG, LEAST_LANGUAGE = 0.95, 0.85, 0.85
LEAST_QUERIES, LEAST_A_LANGUAGE = 160, 20


def mean(values):
    return sum(values) / len(values)


def main():
    given = arguments(__doc__, ("--each", "what each query missed or took for right that is wrong, on standard error"))
    lines = Lines(given)
    generated = 200 if given.short else 5_000
    with tempfile.TemporaryDirectory(dir=ROOT / "build", prefix="bench-relevance-") as folder:
        found = run_json(given.bin / "bench_board", "relevance", "--folder", folder, "--assets", ROOT / "assets",
                         "--judged", ROOT / "tools/benches/relevance/judged.tsv", "--reference",
                         ROOT.parent / "shared/data", "--seed", SEED, "--ads", generated)
    if found is None:
        return 1
    queries, ads = found["queries"], found["ads"]
    whole = ads["real"] > 0
    if not whole:
        lines.left_out("real ads and ESCO's names", "no reference data")
    if given.each:
        for query in queries:
            if query["recall"] < 1 or query["ndcg"] < 1:
                print(query, file=sys.stderr)
    lines.add(f"queries; seed {SEED}", len(queries), "", target=f">= {LEAST_QUERIES}",
              ok=not whole or len(queries) >= LEAST_QUERIES)
    for kind, count in ads.items():
        lines.add(f"ads: {kind}", count, "")
    recall, ndcg = mean([q["recall"] for q in queries]), mean([q["ndcg"] for q in queries])
    lines.add("recall@20", recall, "", target=f">= {LEAST_RECALL}", ok=not whole or recall >= LEAST_RECALL)
    lines.add("nDCG@10", ndcg, "", target=f">= {LEAST_NDCG}", ok=not whole or ndcg >= LEAST_NDCG)
    for language in ("fi", "sv", "nb", "en", "uk", "ru", "ar"):
        own = [q for q in queries if q["language"] == language]
        least = min(mean([q["recall"] for q in own]), mean([q["ndcg"] for q in own]))
        enough = len(own) >= LEAST_A_LANGUAGE
        lines.add(f"{language}: the lower of the two", least, "", f"{len(own)} queries", target=f">= {LEAST_LANGUAGE}",
                  ok=not whole or (least >= LEAST_LANGUAGE and enough))
    return lines.exit_code()


if __name__ == "__main__":
    sys.exit(main())
