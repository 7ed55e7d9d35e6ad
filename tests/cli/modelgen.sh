#!/bin/sh
# modelgen.sh PROGRAM TABLE: a table that is not what blocktrain writes is refused with its line.
set -eu
program=$1 table=$2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0

refused() {
    what=$1
    if "$program" "$dir/out.c" x="$dir/bad.tsv" 2>"$dir/err"; then
        echo "FAILED: accepted: $what"
        failed=1
    elif ! grep -q "bad.tsv:[0-9]*: " "$dir/err" || [ -e "$dir/out.c" ]; then
        echo "FAILED: $what: $(cat "$dir/err")"
        failed=1
    fi
}

"$program" "$dir/out.c" x="$table" || failed=1
grep -q ocs_model_x "$dir/out.c" || failed=1
rm -f "$dir/out.c"

sed '$d' "$table" >"$dir/bad.tsv" && refused "a tree without its last node"
sed '5s/\t[0-9]*\t/\t9\t/' "$table" >"$dir/bad.tsv" && refused "a node out of order"
sed 's/^# trees 80/# trees 81/' "$table" >"$dir/bad.tsv" && refused "a tree too few"
sed 's/features [0-9]*/features 3/' "$table" >"$dir/bad.tsv" && refused "other features"
{ cat "$table" && echo "words"; } >"$dir/bad.tsv" && refused "a line of words"
exit $failed
