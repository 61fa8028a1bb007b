#!/usr/bin/env bash
# clang-tidy over the .cpp files that changed since the merge base with the main branch ("changed") or over every
# one ("all"), within the time that is left for it. Uses the compile commands of the asan preset.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
cd "$root"
seconds=${VAKANT_LINT_SECONDS:-240}
which=${1:-changed}

if ! command -v clang-tidy-19 >/dev/null; then
    # Debian's clang-tidy 14 cannot read the ranges of libstdc++ 12.
    echo "lint: skipped, no clang-tidy-19 here"
    exit 0
fi

changed_files() {
    local base=""
    for branch in origin/main origin/master main master; do
        base=$(git merge-base HEAD "$branch" 2>/dev/null) && [[ $base != $(git rev-parse HEAD) ]] && break
        base=""
    done
    # On the main branch itself: the last commit.
    [[ -n $base ]] || base=$(git rev-parse -q --verify HEAD~1 || true)
    if [[ -n $base ]]; then
        git diff --name-only --diff-filter=d "$base" -- '*.cpp'
    else
        git ls-files '*.cpp'
    fi
}

if [[ $which == all ]]; then
    seconds=${VAKANT_LINT_SECONDS:-3600}
    files=$(git ls-files '*.cpp')
else
    files=$(changed_files)
fi
# Only what this build knows how to compile, the newest first: where time runs out, the fresh work was looked at.
mapfile -t todo < <(for file in $files; do
    grep -qF "\"$root/$file\"" build/asan/compile_commands.json && stat -c '%Y %n' "$file"
done | sort -rn | cut -d' ' -f2)
[[ ${#todo[@]} == 0 ]] && { echo "lint: no changed sources"; exit 0; }

left=$(mktemp -d)
trap 'rm -rf "$left"' EXIT
deadline=$((SECONDS + seconds))
lint_one() {
    local file=$1 log="$left/$2"
    if ! clang-tidy-19 --quiet --extra-arg=-Wno-unknown-warning-option \
        --extra-arg=-Wno-ignored-gch --extra-arg=-Wno-deprecated-declarations -p build/asan "$file" >"$log" 2>"$log.err"; then
        cat "$log"
        grep -E 'error:' "$log.err" || true
        echo "$file" >>"$left/failed"
    fi
    echo "$file" >>"$left/done"
}
jobs=0
number=0
for file in "${todo[@]}"; do
    [[ $SECONDS -ge $deadline ]] && break
    lint_one "$file" $((number++)) &
    if [[ $((++jobs)) -ge $(nproc) ]]; then
        wait -n || true
        jobs=$((jobs - 1))
    fi
done
wait
looked=$(wc -l <"$left/done")
echo "lint: $looked of ${#todo[@]} files in $SECONDS s"
[[ ! -s $left/failed ]]
