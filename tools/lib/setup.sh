# Sourced by tools/run, tools/test and tools/bench: installs what is missing of tools/packages.txt, builds the presets.
# Expects `set -euo pipefail` and the project's root in $root.

say() { printf '%s\n' "$*"; }
fail() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# missing_packages GROUP...: the names of what is not installed, one a line.
missing_packages() {
    local groups=" $* " group package command
    while read -r group package command; do
        [[ -z $group || $group == \#* || $groups != *" $group "* ]] && continue
        [[ -n $command ]] && command -v "$command" >/dev/null && continue
        [[ $(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null) == ii* ]] || printf '%s\n' "$package"
    done <"$root/tools/packages.txt" | sort -u
}

as_root() {
    if [[ $(id -u) == 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "packages are missing and neither root nor sudo is at hand: apt-get install ${missing[*]}"
    fi
}

# install_packages GROUP...: nothing happens where nothing is missing.
install_packages() {
    command -v dpkg-query >/dev/null || fail "this set-up is for Debian 12 (no dpkg-query here)"
    local missing log
    mapfile -t missing < <(missing_packages "$@")
    [[ ${#missing[@]} == 0 ]] && return 0
    mkdir -p "$root/build"
    log="$root/build/install.log"
    say "installing ${#missing[@]} packages: ${missing[*]}"
    # A list that was never fetched, or that is too old for the mirror, is the usual reason for a failure.
    if ! apt_install "${missing[@]}" >"$log" 2>&1; then
        as_root apt-get -qq update >>"$log" 2>&1 || fail "apt-get update failed, see $log: $(tail -n 1 "$log")"
        apt_install "${missing[@]}" >>"$log" 2>&1 || fail "apt-get install failed, see $log: $(tail -n 1 "$log")"
    fi
    rm -f "$root"/build/*/build.ninja # to be configured anew: there is more to be found now
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends \
        -o DPkg::Lock::Timeout=300 install "$@"
}

# configure_preset PRESET: once; ninja does it again by itself where a CMake file changed.
configure_preset() {
    local preset=$1
    [[ -f "$root/build/$preset/build.ninja" ]] && return 0
    mkdir -p "$root/build"
    (cd "$root" && cmake --preset "$preset" >"$root/build/configure-$preset.log" 2>&1) || {
        cat "$root/build/configure-$preset.log" >&2
        fail "cmake --preset $preset failed"
    }
}

# build_preset PRESET TARGET...: only these targets.
build_preset() {
    local preset=$1
    shift
    configure_preset "$preset"
    # assert() and the versions in --version use no time stamps; without this ccache would miss on __TIME__ in headers.
    export CCACHE_SLOPPINESS=pch_defines,time_macros
    # Another clone of the same sources, in another folder, finds what this one compiled.
    export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1
    NINJA_STATUS="[$preset %f/%t] " ninja -C "$root/build/$preset" "$@"
}

# The programs, as tools/run and the flows need them.
build_programs() { build_preset release programs; }
