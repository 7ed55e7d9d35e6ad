# Does the measurement of latency still work?  On a few pages every class has queries that both
# programs take, the same index gives the same queries, and the table has a line for each class.
#
#   latency_smoke.sh OCSEARCH PAGEGEN LATENCY
. "$(dirname "$0")/../cli/lib.sh"
pagegen=$2
latency=$3
quest=$(command -v quest || echo -)

"$pagegen" --count 100 --seed 5 --form txt "$work/pages" || fail "pagegen failed"
expect 0 index -q --db "$work/db" "$work/pages"

list() { "$latency" --queries 4 --list - - "$work/db"; }
list >"$work/queries" || fail "no queries"
list >"$work/again"
cmp -s "$work/queries" "$work/again" || fail "the same index gives other queries"

"$latency" --queries 2 --rounds 1 "$ocsearch" "$quest" "$work/db" >"$work/table" ||
    fail "latency failed"
for class in $(cut -f1 "$work/queries" | sort -u) all; do
    grep -q "^$class  *[0-9]" "$work/table" || fail "no line for $class"
done
[ "$(cut -f1 "$work/queries" | sort -u | wc -l)" -ge 10 ] || fail "a class has no queries"
finish
