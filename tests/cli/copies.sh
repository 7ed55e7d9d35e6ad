# Copies of an article: one is shown with the others named, --all-copies shows every one.  The
# samples 01 and 13 are one press release, as a full page and as a body alone.
. "$(dirname "$0")/lib.sh"
make_index
whole=$work/pages/01-f1a-press-release.txt
body=$work/pages/13-f4-body-only.txt
words='"freezing order travels faster"'

# values TYPE EXPRESSION: of each record r of this type in the last output
values() {
    python3 -c '
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    record = json.loads(line)
    if record["type"] == sys.argv[2]:
        print(eval(sys.argv[3], {"r": record}))' "$out" "$1" "$2"
}

# shown and named
expect 0 "$words"
err_has "1 of 2 documents, 1 without copies"
out_has "also: 1 more copy: "
[ "$(grep -c -e "^     $whole$" -e "^     $body$" "$out")" -eq 1 ] || fail "not one of the two"
expect 0 "$words" --all-copies
err_has "2 of 2 documents"
err_lacks "without copies"
out_has "     $whole"
out_has "     $body"
expect 0 title:traffickers
out_lacks "also:"

# records
expect 0 "$words" --format=jsonl
same "$(values doc 'r["duplicates"]["count"]')" 1
same "$(values summary '(r["matches"], r["groups"], r["shown"])')" "(2, 1, 1)"
other=$(values doc 'r["duplicates"]["ids"][0]')
[ "$other" != "$(values doc 'r["id"]')" ] || fail "a copy of itself"
expect 0 show "$other"
out_has "Regional prosecutors agree"
expect 0 "$words" --format=jsonl --all-copies
same "$(values doc 'r["rank"]' | tr '\n' ' ')" "1 2 "
same "$(values doc 'r["duplicates"]["count"]' | tr '\n' ' ')" "1 1 "

# a concordance
expect 0 kwic "$words"
out_lines 1
expect 0 kwic "$words" --sort=left
out_lines 1
expect 0 kwic "$words" --all-copies
out_lines 2

# rows
expect 0 "$words" --format=tsv
out_lines 2
same "$(cut -f11 "$out" | tr '\n' ' ')" "copies 1 "

# counting counts documents
expect 0 count "$words"
out_is 2

# a copy that does not match the query is named all the same
expect 0 "$words kind:*"
out_has "$whole"
out_has "also: 1 more copy: $body"

# no other sample is a copy of one
expect 0 lang:en --format=jsonl -n0
same "$(values doc 'r["duplicates"]["count"]' | grep -c -v '^0$')" 1

# pages of hits: nothing twice, nothing lost, nothing beyond the end
expect 0 "asset OR crime" --format=tsv -n0
tail -n +2 "$out" >"$work/whole"
: >"$work/parts"
hits=$(wc -l <"$work/whole")
[ "$hits" -ge 8 ] || fail "too few hits to page through"
for offset in $(seq 0 3 "$((hits - 1))"); do
    expect 0 "asset OR crime" --format=tsv -n3 --offset="$offset"
    tail -n +2 "$out" >>"$work/parts"
done
cmp -s "$work/whole" "$work/parts" || fail "pages of hits do not make up the whole"
expect 1 "asset OR crime" -n3 --offset="$hits"

# under another address, by mirror; and when the shown one goes, the others stay a group
mkdir -p "$work/pages/node"
cp "$whole" "$work/pages/node/4711.txt"
expect 0 index "$work/pages"
expect 0 "$words" --format=jsonl
same "$(values doc 'r["duplicates"]["count"]')" 2
same "$(values summary '(r["matches"], r["groups"])')" "(3, 1)"
rm "$whole"
expect 0 index "$work/pages"
expect 0 "$words" --format=jsonl
same "$(values doc 'r["duplicates"]["count"]')" 1
rm "$body"
expect 0 index "$work/pages"
expect 0 "$words"
out_lacks "also:"
finish
