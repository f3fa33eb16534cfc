# shellcheck shell=bash
# Shared by packaging/run and packaging/check; sourced, not run. Bash, set -euo pipefail.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '==> %s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# Runs a command as root: directly, or through sudo.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        return 127
    fi
}

# names_in LIST...: the package names of the lists, one a line; of alternatives the installed one, else the first known one.
names_in() {
    local line name chosen
    while IFS= read -r line; do
        line=${line%%#*}
        chosen=
        for name in ${line//|/ }; do
            [ -n "$chosen" ] || chosen=$name
            if [[ $line != *'|'* ]] || is_installed "$name" || is_known "$name"; then
                chosen=$name
                break
            fi
        done
        [ -z "$chosen" ] || printf '%s\n' "$chosen"
    done < <(cat "$@") | sort -u
}

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }
is_known() { LC_ALL=C apt-cache policy "$1" 2>/dev/null | grep -q '^  Candidate: [^(]'; }

# missing_of NAME...: those not installed, one a line, with a single call of dpkg-query.
missing_of() {
    comm -23 <(printf '%s\n' "$@" | sort -u) \
        <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' | sort -u)
}

# ensure_packages LIST...: installs what is missing; silent and quick when nothing is.
ensure_packages() {
    if ! command -v dpkg-query >/dev/null 2>&1; then
        say "This is no Debian or Ubuntu: the packages of packaging/packages/*.txt are taken to be there under their names here."
        return 0
    fi
    local wanted missing
    mapfile -t wanted < <(names_in "$@")
    mapfile -t missing < <(missing_of "${wanted[@]}")
    [ ${#missing[@]} -gt 0 ] || return 0
    local distribution=Debian
    [ ! -r /etc/os-release ] || distribution=$(. /etc/os-release && printf '%s' "${PRETTY_NAME:-$NAME}")
    say "Installing ${#missing[@]} packages on $distribution: ${missing[*]}"
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
    as_root "${apt[@]}" update >/dev/null || say "The package lists could not be refreshed; trying with what is there."
    # On a machine without any list the first choice among alternatives was a guess: choose again.
    mapfile -t wanted < <(names_in "$@")
    mapfile -t missing < <(missing_of "${wanted[@]}")
    as_root "${apt[@]}" install -y --no-install-recommends "${missing[@]}" ||
        die "These packages could not be installed (root or sudo is needed): apt-get install ${missing[*]}"
}

# node_is_usable: Node.js 18.19 or newer, wherever it is from, and npm.
node_is_usable() {
    command -v npm >/dev/null 2>&1 &&
        node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 18 || (a === 18 && b >= 19) ? 0 : 1)' 2>/dev/null
}

# ensure_npm: the tools of tests/github in build/npm, exactly the versions of the lock file; quick when they are there.
# Their install scripts are not run: none of them needs one.
ensure_npm() {
    node_is_usable || ensure_packages "$root/packaging/packages/node.txt"
    node_is_usable || die "tests/github need Node.js 18.19 or newer and npm in PATH; here is $(node --version 2>&1)"
    local folder="$root/build/npm" lock attempt
    lock=$(sha256sum <"$root/tests/github/package-lock.json")
    [ "$(cat "$folder/installed" 2>/dev/null)" != "$lock" ] || return 0
    mkdir -p "$folder"
    rm -f "$folder/installed"
    cp "$root"/tests/github/package{,-lock}.json "$folder/"
    for attempt in 1 2 3; do
        say "Installing the tools of tests/github from npm's registry"
        if (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null); then
            # 370 MB of other editions of GitHub's description that nothing reads.
            find "$folder/node_modules/@octokit/openapi/generated" -name '*.json' ! -name api.github.com.json -delete
            printf '%s\n' "$lock" >"$folder/installed"
            return 0
        fi
        sleep $((attempt * 5))
    done
    say "npm could not install them: is its registry reachable?" >&2
    return 1
}

# job_count: as many compilers as there are cores, but no more than one for each 1.5 GB of memory.
job_count() {
    local cores memory
    cores=$(nproc)
    memory=$(awk '/^MemTotal/ {print int($2 / 1500000)}' /proc/meminfo)
    [ "$memory" -ge 1 ] || memory=1
    echo $((cores < memory ? cores : memory))
}

# is_configured PRESET: there is a build folder, and it is this clone's.
is_configured() {
    [ -f "$root/build/$1/build.ninja" ] && grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$root/build/$1/CMakeCache.txt"
}

# configure PRESET [cmake arguments]: quiet unless it fails; a build folder that came with a moved clone is made anew.
configure() {
    local preset=$1 fresh=()
    shift
    mkdir -p "$root/build"
    is_configured "$preset" || fresh=(--fresh)
    say "Configuring $preset"
    (cd "$root" && cmake --preset "$preset" "${fresh[@]}" "$@") >"$root/build/$preset-configure.log" 2>&1 ||
        { tail -n 40 "$root/build/$preset-configure.log" >&2; return 1; }
}

# build PRESET TARGET...
build() {
    local preset=$1
    shift
    say "Building $preset: $*"
    (cd "$root" && cmake --build "build/$preset" --parallel "$(job_count)" --target "$@")
}
