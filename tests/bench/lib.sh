# What the measurements share: a folder of their own ($BENCH_DIR or below the temporary one, kept when
# named), pages to measure with, and a table with a line for each run.
#
#   . "$(dirname "$0")/lib.sh"     the arguments: OCSEARCH PAGEGEN [PAGES [FORM]]
#   measure LABEL COMMAND...       run and put wall, CPU and peak memory into $wall $cpu $peak
#   least LABEL COMMAND...       the same of the best of $runs runs: $cpu and $peak
#
# CPU is user plus system time of the command and all that it waited for; peak memory is the largest
# single process.  Both come from GNU time.  Files were just written: they are in the page cache.
set -u
[ $# -ge 2 ] || { echo "usage: $0 OCSEARCH PAGEGEN [PAGES [FORM]]" >&2; exit 2; }
ocsearch=$1
pagegen=$2
count=${3:-1000}
form=${4:-html}
export LC_ALL=C.UTF-8
[ -x /usr/bin/time ] || { echo "$0: GNU time is needed (package time)" >&2; exit 2; }

if [ -n "${BENCH_DIR:-}" ]; then
    work=$BENCH_DIR
    mkdir -p "$work"
else
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    trap 'exit 130' INT TERM
fi
pages=$work/pages-$form-$count

have() { command -v "$1" >/dev/null 2>&1; }

# The pages, made once per folder; $page_bytes of them.
make_pages() {
    [ -d "$pages" ] || "$pagegen" --count "$count" --form "$form" --seed 1 "$pages" || exit 1
    page_bytes=$(du -sb --apparent-size "$pages" | cut -f1)
}

calc() { awk "BEGIN { printf \"%${2:-.2f}\", $1 }"; }

measure() {
    label=$1
    shift
    /usr/bin/time -q -o "$work/time" -f '%e %U %S %M' "$@" >"$work/out" 2>"$work/err"
    code=$?
    [ "$code" -eq 0 ] || { echo "$label: exit $code" >&2; head -n 3 "$work/err" >&2; }
    read -r wall user system peak <"$work/time"
    cpu=$(calc "$user + $system")
    [ "$cpu" != 0.00 ] || cpu=0.01 # what the clock can tell
    peak=$(calc "$peak / 1024" .0f)
}

# The one of $runs runs that took the least CPU time.
least() {
    least_cpu=
    for run in $(seq "$runs"); do
        measure "$@"
        [ -z "$least_cpu" ] || [ "$(calc "$cpu < $least_cpu" d)" -eq 1 ] || continue
        least_cpu=$cpu
        least_peak=$peak
    done
    cpu=$least_cpu
    peak=$least_peak
}

machine() {
    printf '%s, %s processors, %s\n' "$(uname -sm)" "$(nproc)" "$(date -u +%F)"
    sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1
}
