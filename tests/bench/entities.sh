# How well extract finds people, places, countries, organisations and dates in labelled texts
# (score_mentions.py says how they lie in FOLDER), and what finding them costs: the CPU time of extract to
# the mentions less that of extract to the document, over copies of all the texts.
#
#   entities.sh FOLDER...     each folder by itself
#   entities.sh --shared      the public sets in ../shared/bench/entities/data, or in $SHARED
#
# BUILD is the build directory (build/release), RUNS how often each program is run (3; the least CPU
# time counts), SPEED_KB how many kilobytes of text are read for the speed (10000; 0: none).
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=${BUILD:-$root/build/release}
shared=${SHARED:-$root/../shared/bench/entities/data}
[ $# -gt 0 ] || { echo "usage: $0 FOLDER... | --shared" >&2; exit 2; }
[ -x "$build/cli/ocsearch" ] || { echo "$0: no program in $build: set BUILD" >&2; exit 2; }
folders=$(for folder in "$@"; do printf '%s\n' "$folder"; done)
set -- "$build/cli/ocsearch" -
. "$here/lib.sh"
runs=${RUNS:-3}
speed_kb=${SPEED_KB:-10000}

# Copies of all texts, as files of their own, until there are enough bytes.
make_copies() {
    mkdir -p "$work/copies/1"
    sed 's|$|/docs|' "$work/folders" | while IFS= read -r docs; do
        cp -R "$docs" "$(mktemp -d "$work/copies/1/XXXXXX")"
    done
    chmod -R u+w "$work/copies"
    bytes=$(find "$work/copies" -name '*.txt' -exec cat {} + | wc -c)
    for copy in $(seq 2 "$((speed_kb * 1000 / bytes + 1))"); do
        cp -R "$work/copies/1" "$work/copies/$copy"
    done
}

stage() {
    least "$1" "$ocsearch" extract --format=jsonl --stage="$1" "$work/copies"
    printf '%-26s %8s %8s\n' "extract --stage=$1" "$cpu" "$peak"
}

speed() {
    rm -rf "$work/copies"
    make_copies
    echo
    printf '%-26s %8s %8s\n' "$runs runs" "CPU s" "peak MB"
    stage document
    document=$cpu
    text_bytes=$(python3 "$here/score_mentions.py" text_bytes "$work/out")
    stage mentions
    printf 'mentions alone: %s MB of text a CPU second, %s of the CPU time of the whole\n' \
        "$(calc "$text_bytes / 1000000 / ($cpu - $document + 0.0001)" .1f)" "$(calc "1 - $document / $cpu")"
    rm -rf "$work/copies"
}

bench() {
    echo
    [ -f "$1/gold.jsonl" ] || { echo "$0: no labelled texts in $1" >&2; exit 2; }
    python3 "$here/score_mentions.py" list "$1" >"$work/list"
    measure extract "$ocsearch" extract --format=jsonl --stage=mentions --files-from="$work/list"
    printf '%s: ' "$1"
    python3 "$here/score_mentions.py" score "$1" "$work/out" || exit 1
}

machine
if [ "$folders" = --shared ]; then
    [ -d "$shared" ] || { echo "$0: no public sets in $shared: set SHARED" >&2; exit 2; }
    folders=$(dirname "$shared"/*/gold.jsonl)
fi
printf '%s\n' "$folders" >"$work/folders"
while IFS= read -r folder <&3; do
    bench "$folder"
done 3<"$work/folders"
[ "$speed_kb" -eq 0 ] || speed
