#!/bin/sh
# gazgen.sh GAZGEN TABLE_NAME...: a bad row fails the build with its file and line, and what was
# written before stays.
set -eu
gazgen=$1
shift
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

fail() {
    echo "gazgen.sh: $*" >&2
    cat "$dir/messages" >&2
    exit 1
}

mkdir "$dir/tables"
for table in "$@"; do
    echo "# nothing yet" >"$dir/tables/$table.tsv"
done
printf 'RS\tstate\tRS\tname\t-\tSerbia\n' >>"$dir/tables/countries.tsv"

"$gazgen" "$dir/out.c" "$dir/tables" 2>"$dir/messages" || fail "good tables were refused"
[ -s "$dir/messages" ] && fail "good tables were remarked upon"
grep -q '83,101,114,98,105,97,0' "$dir/out.c" || fail "a name is missing"
cp "$dir/out.c" "$dir/before.c"

printf 'RS\t-\t-\talias\tSerbien\nRS\t-\t-\talias\t-\tserbia\n' >>"$dir/tables/countries.tsv"
printf 'oops\n' >>"$dir/tables/orgs.tsv"
status=0
"$gazgen" "$dir/out.c" "$dir/tables" 2>"$dir/messages" || status=$?
[ "$status" -eq 1 ] || fail "bad tables gave exit status $status"
grep -q "^gazgen: .*/countries\.tsv:3: " "$dir/messages" || fail "the short row is not named"
grep -q "^gazgen: .*/countries\.tsv:4: 'serbia' is already on line 2" "$dir/messages" ||
    fail "the double row is not named"
grep -q "^gazgen: .*/orgs\.tsv:2: " "$dir/messages" || fail "the second table is not named"
cmp "$dir/out.c" "$dir/before.c" || fail "what was written before has changed"
[ "$(ls "$dir" | wc -l)" -eq 4 ] || fail "a temporary file is left"

rm "$dir/tables/orgs.tsv"
"$gazgen" "$dir/out.c" "$dir/tables" 2>"$dir/messages" && fail "a missing table was not missed"
grep -q "orgs\.tsv: No such file" "$dir/messages" || fail "the missing table is not named"

status=0
"$gazgen" 2>"$dir/messages" || status=$?
[ "$status" -eq 2 ] || fail "no arguments gave exit status $status"
exit 0
