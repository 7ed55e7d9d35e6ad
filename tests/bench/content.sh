# How well extract tells the content of pages from their frame, and how fast, on labelled pages
# (score_text.py says how they lie in FOLDER), beside xmllint --html, which only parses, and treewalk,
# which parses and prints all text.
#
#   content.sh FOLDER...     each folder by itself
#   content.sh --shared      the public sets in ../shared/bench/extract, or in $SHARED
#
# BUILD is the build directory (build/release), RUNS how often each program is run (3; the least CPU
# time counts), OPTIONS go to score_text.py (--meta --worst=10 --folders=10), EXTRACT to extract.
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=${BUILD:-$root/build/release}
shared=${SHARED:-$root/../shared/bench/extract}
[ $# -gt 0 ] || { echo "usage: $0 FOLDER... | --shared" >&2; exit 2; }
[ -x "$build/cli/ocsearch" ] || { echo "$0: no program in $build: set BUILD" >&2; exit 2; }
folders=$(for folder in "$@"; do printf '%s\n' "$folder"; done)
set -- "$build/cli/ocsearch" "$build/tests/bench/treewalk"
. "$here/lib.sh"
treewalk=$pagegen
runs=${RUNS:-3}

# How often the pages are read in one run, so that the clock, which tells 0.01 s, does not decide.
set_again() {
    again=$((60000000 / page_bytes + 1))
    [ "$again" -le 20 ] || again=20
}

# time_of LABEL COMMAND...: CPU seconds for reading the pages once, and peak memory
time_of() {
    label=$1
    shift
    least "$label" sh -c 'n=$1; shift; while [ "$n" -gt 0 ]; do "$@" <"$0" || exit; n=$((n - 1)); done' \
        "$work/list" "$again" "$@"
    cpu=$(calc "$cpu / $again" .4f)
}

row() {
    printf '%-26s %8s %10s %8s %8s %8s\n' "$1" "$(calc "$cpu" .3f)" "$(calc "$count / $cpu" .0f)" \
        "$(calc "$page_bytes / 1000000 / $cpu" .1f)" "$peak" "$(calc "$cpu / $extract" .2f)"
}

speed() {
    printf '%-26s %8s %10s %8s %8s %8s\n' "$runs runs" "CPU s" "pages/CPUs" "MB/CPUs" "peak MB" "CPU/ours"
    time_of extract "$ocsearch" extract --format=jsonl --stage=document ${EXTRACT:-} --files-from=-
    extract=$cpu
    row "extract --stage=document"
    time_of extract "$ocsearch" extract --format=jsonl ${EXTRACT:-} --files-from=-
    row "extract, names and all"
    [ "$html" -eq "$count" ] || return 0
    if have xmllint; then
        time_of xmllint xargs -d '\n' xmllint --html --noout
        row "xmllint --html --noout"
    fi
    time_of treewalk "$treewalk"
    row "tree walk of libxml2"
    echo "tree walk, all text:"
    python3 "$here/score_text.py" score "$1" "$work/out" --worst=0 --folders=0 | sed 1d
}

bench() {
    echo
    python3 "$here/score_text.py" list "$1" >"$work/list"
    count=$(wc -l <"$work/list")
    [ "$count" -gt 0 ] || { echo "$0: no labelled pages in $1" >&2; exit 2; }
    html=$(grep -c 'html\?$' "$work/list")
    page_bytes=$(xargs -d '\n' -a "$work/list" cat | wc -c)
    set_again
    measure extract "$ocsearch" extract --format=jsonl --stage=document ${EXTRACT:-} --files-from="$work/list"
    printf '%s: ' "$1"
    python3 "$here/score_text.py" score "$1" "$work/out" ${OPTIONS:---meta}
    speed "$1"
}

machine
if [ "$folders" = --shared ]; then
    [ -d "$shared" ] || { echo "$0: no public sets in $shared: set SHARED" >&2; exit 2; }
    python3 "$here/lay_out.py" "$shared" "$work/labelled" || exit 1
    folders=$(ls -d "$work/labelled"/*)
fi
printf '%s\n' "$folders" >"$work/folders"
while IFS= read -r folder <&3; do
    bench "$folder"
done 3<"$work/folders"
