#!/bin/sh
# taggen.sh PROGRAM TABLE: a table that is not what tagtrain writes is refused with its line.
set -eu
program=$1 table=$2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0

refused() {
    what=$1
    if "$program" "$dir/out.c" "$dir/bad.tsv" 2>"$dir/err"; then
        echo "FAILED: accepted: $what"
        failed=1
    elif ! grep -q "bad.tsv:[0-9]*: " "$dir/err" || [ -e "$dir/out.c" ]; then
        echo "FAILED: $what: $(cat "$dir/err")"
        failed=1
    fi
}

"$program" "$dir/out.c" "$table" || failed=1
grep -q ocs_tagger_names "$dir/out.c" || failed=1
rm -f "$dir/out.c"

sed '$d' "$table" >"$dir/bad.tsv" && refused "a row too few"
sed 's/version [0-9]*/version 999/' "$table" >"$dir/bad.tsv" && refused "other features"
sed '/^follows/d' "$table" >"$dir/bad.tsv" && refused "no weights of what follows"
sed '10s/\t[-0-9]*$/\t200/' "$table" >"$dir/bad.tsv" && refused "a weight out of range"
{ sed '$d' "$table" && sed -n 10p "$table"; } >"$dir/bad.tsv" && refused "a key twice"
{ cat "$table" && echo "words"; } >"$dir/bad.tsv" && refused "a line of words"

# no rows are fine: the rules then work alone
{ sed -n '/^# rows/s/rows [0-9]*/rows 0/p' "$table" && grep '^follows' "$table"; } >"$dir/none.tsv"
"$program" "$dir/out.c" "$dir/none.tsv" || { echo "FAILED: no rows"; failed=1; }
exit $failed
