# Saved queries: a file that a person may edit, queries that use each other, and exactly what is new
# since the last time, however the index was made anew and whatever became of the run before.
. "$(dirname "$0")/lib.sh"
unset XDG_CONFIG_HOME XDG_STATE_HOME OCSEARCH_SAVED
make_index
file=$HOME/.config/ocsearch/saved

# the file
expect 0 saved list
out_is_empty
expect 0 saved add crime 'crime OR "asset recovery"'
expect 0 saved add people person:solvang country:RS
same "$(cat "$file")" "$(printf 'crime\tcrime OR "asset recovery"\npeople\tperson:solvang country:RS')"
expect 2 saved add crime police
err_has "there is a saved query 'crime' already"
expect 0 saved add --replace crime crime
expect 0 saved show crime
out_is crime
expect 2 saved add bad 'nofield:x'
err_has "^"
expect 2 saved add 'no name' crime
expect 2 saved add ../up crime
expect 2 saved add empty '  '
expect 2 saved add alone
expect 2 saved show crmie
err_has "did you mean crime?"
expect 2 saved run nothing-like-it
expect 2 saved
expect 2 saved list crime
expect 2 saved list --format=csv
expect 2 saved no-such-verb

# edited by hand: comments and odd lines stay, what is wrong is told and stops nothing
printf '# my own words\n\nby hand  lang:de\r\ncrime\tpolice\nlost\n' >>"$file"
cp "$file" "$work/edited"
expect 3 saved list
err_has "saved:7: the name has no query"
err_has "saved:1: another line has this name, too"
err_has "saved:6: another line has this name, too"
expect 2 saved run crime
err_has "lines 1 and 6 are both called 'crime'"
expect 3 saved list --format=jsonl
same "$(jq -r 'select(.type=="saved") | .name' "$out" | tr '\n' ' ')" "people by "
sed -i '/^crime	police/d; /^lost/d; s/^by hand /by-hand/' "$file"
expect 0 saved list
out_has "by-hand	lang:de"
expect 0 saved add last kind:report
expect 0 saved remove people
same "$(cat "$file" | tr '\t\n' '>;')" "$(printf 'crime>crime;# my own words;;by-hand lang:de\r;last>kind:report;')"
expect 2 saved remove people
ln -s "$file" "$work/link"
expect 0 saved add --saved-file="$work/link" linked lang:sr
[ -L "$work/link" ] || fail "the link is gone"
grep -q '^linked' "$file" || fail "not written where the link leads"
i=0
while [ $i -lt 8 ]; do
    "$ocsearch" saved add "many$i" "crime $i" 2>>"$err" &
    i=$((i + 1))
done
wait
same "$(grep -c '^many' "$file")" 8

# a run is the search; saved:NAME within a query is the saved one
expect 0 saved run crime -n0 --format=ids
cp "$out" "$work/ids"
expect 0 search crime -n0 --format=ids
cmp -s "$out" "$work/ids" || fail "a saved run is not the search"
expect 0 count saved:crime
with=$(cat "$out")
expect 0 count crime
out_is "$with"
expect 0 saved add german saved:crime OR saved:by-hand
expect 0 count saved:german
with=$(cat "$out")
expect 0 count crime OR lang:de
out_is "$with"
expect 0 saved add round saved:round2
expect 0 saved add round2 saved:round
expect 2 count saved:round
expect 2 count saved:no-such-name

# what is new
expect 0 saved add all 'lang:*'
expect 0 saved run all --new --format=ids
sort "$out" >"$work/given"
same "$(sort -u "$work/given" | wc -l)" "$("$ocsearch" count 'lang:*')"
expect 1 saved run all --new --format=ids
out_is_empty
expect 0 saved run all --new --ok-empty
err_has "0 new and 0 changed of"

# a page that is new, one whose text changed, one that was only touched
copy="$work/pages/new-one.txt"
sed 's/Solvang/Sollvang/g; s/asset recovery/mine clearance/g' \
    "$work/pages/01-f1a-press-release.txt" >"$copy"
sed -i 's/crime/crimes/g; s/OSCE support/OSCE assistance/g' "$work/pages/02-f1b-news-item-cut-lead.txt"
touch "$work/pages/03"*
expect 0 index "$work/pages"
expect 0 saved run all --new --format=jsonl
same "$(jq -r 'select(.type=="doc") | .news + " " + .path' "$out" | sort)" \
    "$(printf 'changed %s\nnew %s' "$work/pages/02-f1b-news-item-cut-lead.txt" "$copy")"
same "$(jq -r 'select(.type=="header") | .name' "$out")" all
same "$(jq -r 'select(.type=="summary") | .shown' "$out")" 2
expect 1 saved run all --new

# an index made anew has other numbers and the same ids
rm -rf "$OCSEARCH_DB"
expect 0 index --builder=xapian "$work/pages/14-f5-list.txt"
expect 0 index --builder=xapian "$work/pages"
expect 1 saved run all --new

# deleted and back again, as when a folder was not mounted for a night: it was given before
mv "$copy" "$work/away.txt"
expect 0 index "$work/pages"
expect 1 saved run all --new
mv "$work/away.txt" "$copy"
expect 0 index "$work/pages"
expect 1 saved run all --new

# what was not written is given again: a full disk, a reader that leaves, a run that is killed
echo "Police and prosecutors met in Vienna to speak of organized crime." >"$work/pages/late.txt"
expect 0 index "$work/pages"
last="saved run --new with a full disk"
"$ocsearch" saved run all --new >/dev/full 2>"$err"
same $? 6
expect 0 saved add everything 'lang:* OR path:/'
last="saved run --new | head -n 1"
mkdir "$work/many"
for i in 1 2 3 4 5 6 7 8 9; do cp -R "$work/pages" "$work/many/$i"; done
expect 0 index "$work/many"
{ "$ocsearch" saved run everything --new --format=jsonl 2>"$err"; echo $? >"$work/code"; } | head -n 1 >"$out"
same "$(cat "$work/code")" 141
mkfifo "$work/pipe"
exec 5<>"$work/pipe"
"$ocsearch" saved run everything --new --format=jsonl >"$work/pipe" 2>"$err" 5<&- &
run=$!
dd bs=1 count=1 <&5 >"$work/byte" 2>"$work/dd"
expect 75 saved run everything --new
kill -9 "$run"
wait "$run" 2>"$work/wait"
exec 5<&-
expect 0 saved run everything --new --format=ids
same "$(wc -l <"$out")" "$("$ocsearch" count 'lang:* OR path:/')"
expect 0 saved run all --new --format=paths
grep -qx "$work/pages/late.txt" "$out" || fail "what a full disk took was lost"

# what was not given because of --limit comes the next time
expect 0 saved add some crime
expect 0 saved run some --new -n2 --format=ids
out_lines 2
cp "$out" "$work/two"
expect 0 saved run some --new --format=ids
same "$(cat "$out" "$work/two" | sort | uniq -d | wc -l)" 0
same "$(cat "$out" "$work/two" | wc -l)" "$("$ocsearch" count crime)"

# another index, and several together, have a memory of their own
expect 0 index -q --db "$work/db2" "$work/pages"
expect 0 saved run some --new --db "$work/db2" --format=ids
expect 0 saved run some --new --db "$work/db" --db "$work/db2" --format=ids
same "$(wc -l <"$out")" "$("$ocsearch" count --db "$work/db" --db "$work/db2" crime)"
expect 1 saved run some --new --db "$work/db" --db "$work/db2" --format=ids

# a query that is removed is forgotten; a state that is damaged is told, never taken for an empty one
expect 0 saved remove some
expect 0 saved add some crime
expect 0 saved run some --new --format=csv
head -n 1 "$out" | grep -q ',news$' || fail "no column news"
for state in "$HOME"/.local/state/ocsearch/seen/some.????????????????; do
    printf x | dd of="$state" bs=1 seek=30 conv=notrunc 2>"$work/dd"
done
expect 4 saved run some --new
err_has "is damaged"
out_is_empty
expect 4 saved run crime --new --db "$work/none"

# No place for what was given: nothing is printed that would be given again.
touch "$work/file"
expect 6 saved run crime --new --state-dir="$work/file/seen"
out_is_empty

finish
