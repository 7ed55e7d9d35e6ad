# The life of an index: nothing to do, a touched page, a changed one, a deleted one, a failing one,
# a source that is gone.
. "$(dirname "$0")/lib.sh"
make_index
page=$work/pages/01-f1a-press-release.txt

# counts ADDED CHANGED UNCHANGED DELETED FAILED DOCUMENTS
counts() {
    err_has ": $1 added, $2 changed, $3 unchanged, $4 deleted, $5 failed; $6 documents"
}

expect 0 index "$work/pages"
counts 0 0 "$pages" 0 0 "$pages"

touch "$page"
expect 0 index "$work/pages"
counts 0 0 "$pages" 0 0 "$pages"

expect 1 xylophone
echo "A xylophone was played in Bar on 30 June 2018." >>"$page"
expect 0 index --dry-run "$work/pages"
counts 0 1 $((pages - 1)) 0 0 "$pages"
err_has "would have indexed"
expect 1 xylophone
expect 0 index -v "$work/pages"
counts 0 1 $((pages - 1)) 0 0 "$pages"
err_has "changed: $page"
expect 0 count xylophone
out_is 1

rm "$page"
expect 0 index --report="$work/report" "$work/pages"
counts 0 0 $((pages - 1)) 1 0 $((pages - 1))
expect 1 xylophone
same "$(wc -l <"$work/report")" "$pages"
grep -qF '"fate":"deleted","error":null' "$work/report" || fail "the report lacks the deleted page"

# a page that fails keeps what was indexed of it, and is told of until it is mended
page=$work/pages/04-f1e-de-short-menu.txt
seq 20000 >>"$page"
for run in first second; do
    expect 3 index --max-page=64K "$work/pages"
    counts 0 0 $((pages - 2)) 0 1 $((pages - 1))
    err_has "failed: $page"
done
expect 0 count lang:de
out_is 1
expect 0 status -v
out_has "failed pages  1; every run tries 1 again"
out_has "last run "
out_has ", done: $((pages - 2)) unchanged, 0 added, 0 changed, 0 deleted, 1 failed"
out_has "$page: "
rm "$page"
mkfifo "$page" # which is no page at all
expect 3 index "$work/pages"
err_has "failed: $page"
expect 0 count lang:de
out_is 1
rm "$page"
cp "$root/corpus/samples/04-f1e-de-short-menu.txt" "$page"
expect 0 index "$work/pages"
expect 0 status -v
out_has "failed pages  0"

# a source that is gone, or empty, or has lost too much, changes nothing
expect 0 count 'path:"'"$work/pages"'"'
before=$(cat "$out")
fingerprint() { find "$work/db" -type f ! -name '*lock*' -exec cksum {} + | sort; }
fingerprint >"$work/db-before"
mv "$work/pages" "$work/away"
expect 5 index "$work/pages"
expect 0 status
out_has ", failed: the source $work/pages is missing"
out_has "$work/pages (missing)"
expect 0 status --format=jsonl
out_has "\"missing_sources\":[\"$work/pages\"]"
out_has '"result":"failed","error":"the source '
mkdir "$work/pages"
expect 5 index "$work/pages"
cp "$work/away/"[01]* "$work/pages" # about two thirds
expect 5 index "$work/pages"
err_lacks "indexed"
fingerprint >"$work/db-after"
cmp -s "$work/db-before" "$work/db-after" || fail "a refused run changed the index"
expect 0 count 'path:"'"$work/pages"'"'
out_is "$before"
expect 0 index --max-delete=100 "$work/pages"
expect 0 count 'path:"'"$work/pages"'"'
out_is "$(ls "$work/pages" | wc -l)"

# a list of files, and what it no longer names
ls "$work/pages/"* >"$work/list"
expect 0 index --db "$work/listed" --files-from="$work/list"
expect 0 count --db "$work/listed" 'path:"'"$work/pages"'"'
out_is "$(wc -l <"$work/list")"

# a part of the pages was made by other rules; a run that was killed has no end
cp -r "$root/corpus/samples" "$work/other"
left=$(ls "$work/pages" | wc -l)
expect 0 index --db "$work/db-stale" "$work/pages"
expect 0 index --db "$work/db-stale" --keep-blocks "$work/other/01-f1a-press-release.txt"
expect 0 status --db "$work/db-stale"
out_has "stale pages   $left made by other rules"
expect 0 status --db "$work/db-stale" --format=jsonl
out_has "\"stale\":false,\"stale_pages\":$left"
printf 'began 1763784000\nprocess 999999999\n' >"$work/db-stale/lock"
expect 0 status --db "$work/db-stale"
out_has "last run      2025-11-22T04:00:00Z, did not come to its end"
printf 'began 1763784000\nprocess %d\n' $$ >"$work/db-stale/lock"
expect 0 status --db "$work/db-stale" --format=jsonl
out_has '"result":"going"'
: >"$work/db-stale/lock"
expect 0 status --db "$work/db-stale" --format=jsonl
out_has '"last_run":null'

# a page that has another frame but the same text: its document is another one, its terms stay unwritten
mkdir "$work/nonce"
nonce() {
    printf '<html><head><!-- %s --><title>Police</title></head><body><p>The police of Xanadu met in Vienna on 3 May 2017, said John Smith.</p></body></html>\n' \
        "$1" >"$work/nonce/page.html"
}
searched() { cksum "$work/db-nonce/current/position.glass" "$work/db-nonce/current/termlist.glass"; }
nonce 1
expect 0 index --db "$work/db-nonce" "$work/nonce"
before=$(searched)
nonce 'another and longer one'
expect 0 index --db "$work/db-nonce" "$work/nonce"
err_has '1 changed'
same "$(searched)" "$before"
expect 0 index --db "$work/db-fresh" "$work/nonce"
expect 0 search --db "$work/db-fresh" --format=jsonl person:smith
grep '"type":"doc"' "$out" >"$work/fresh"
expect 0 search --db "$work/db-nonce" --format=jsonl person:smith
grep '"type":"doc"' "$out" | cmp -s - "$work/fresh" || fail "the changed page is not as in a fresh index"
printf '<p>The police of Xanadu met in Oslo.</p>' >"$work/nonce/page.html"
expect 0 index --db "$work/db-nonce" "$work/nonce"
expect 1 search --db "$work/db-nonce" vienna
expect 0 search --db "$work/db-nonce" oslo

finish
