# What the pages of a folder have in common is frame: extract, audit and index see it, a page alone
# does not; copies lose nothing; neither the order of the pages nor that of the runs matters.
. "$(dirname "$0")/lib.sh"
pages=$work/pages
mkdir "$pages"

# Lines that stand on every page, but which no table and no shape tells from text.
head='Harbour board
Tide tables and soundings of the inner basin
Berths for visiting yachts and their keepers
Ferries'
tail='The harbour board answers letters within a week and has done so since the old pier was built.
Rope store'

# story NAME SUBJECT [MORE]: a page of the site
story() {
    {
        echo "$head"
        [ $# -lt 3 ] || echo "$3"
        echo "How the $2 came back"
        echo "The $2 was seen again on Tuesday by two fishermen who had mended their nets near the $2 pier."
        echo "Nobody had expected the $2 so early, they said, and nobody had prepared a place for the $2."
        echo "Summary"
        echo "The keeper of the $2 will speak of it in the town hall when the $2 has been weighed and fed."
        echo "$tail"
    } >"$pages/$1.txt"
}
for subject in seal otter heron puffin tern gannet; do
    story "$subject" "$subject"
done
seal=$pages/seal.txt

text_of() { # the text of the seal's page in the last output
    python3 -c '
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    record = json.loads(line)
    if record["type"] == "doc" and record["path"].endswith("/seal.txt"):
        print(record["text"])' "$out" >"$work/text"
}
text_has() { text_of; grep -qF -e "$1" "$work/text" || fail "the text lacks '$1'"; }
text_lacks() { text_of; ! grep -qF -e "$1" "$work/text" || fail "the text has '$1'"; }

# ---- extract ----

expect 0 extract --stage=document --no-evidence "$pages"
text_has "Tide tables"
text_has "Rope store"
text_has "The harbour board answers"
expect 0 extract --stage=document "$pages"
text_lacks "Tide tables"
text_lacks "Rope store"
text_lacks "The harbour board answers"
text_has "seen again on Tuesday"
text_has "Summary" # a heading that all have stays within the text
text_has "How the seal came back"
cp "$out" "$work/folder"

# a page alone is what it is without evidence
expect 0 extract --stage=document "$seal"
cp "$out" "$work/alone"
expect 0 extract --stage=document --no-evidence "$seal"
cmp -s "$out" "$work/alone" || fail "a page alone is judged by others"

# the numbers are printed
expect 0 extract --stage=blocks --format=text "$pages"
out_has "on other pages of the site"
grep -q ' 5/5  *Rope store' "$out" || fail "it is not told on how many pages a line stands"
expect 0 extract --stage=blocks "$pages"
out_has '"seen":5,"site_pages":5,"text":"Rope store"'
expect 0 extract --stage=blocks --no-evidence "$pages"
out_lacks '"seen"'

# arguments are printed in their order; neither that nor the form of the list matters
expect 0 extract --stage=document "$pages/tern.txt" "$seal" "$pages/heron.txt" "$pages/puffin.txt"
same "$(head -n 1 "$out" | grep -c 'tern.txt')" 1
text_lacks "Rope store"
for page in tern seal otter heron puffin gannet; do echo "$pages/$page.txt"; done >"$work/list"
expect 0 extract --stage=document --files-from="$work/list"
text_lacks "Rope store"
sort "$out" >"$work/a"
sort "$work/folder" | sed "s|\"/[^\"]*/pages/|\"$pages/|" >"$work/b"
cmp -s "$work/a" "$work/b" || fail "the order of the list changes what is read"

# what cannot be read is told of once, and is no evidence
echo "$pages/none.txt" >>"$work/list"
expect 3 extract --stage=document --files-from="$work/list"
same "$(grep -c none.txt "$err")" 1
text_lacks "Rope store"

# ---- audit ----

expect 0 audit "$pages"
out_has "on other pages of the site"
expect 0 audit --no-evidence "$pages"
out_lacks "on other pages of the site"

# ---- copies ----

# the same page under five names: nothing of it is lost
mkdir "$work/copies"
for name in seal a b c d; do cp "$seal" "$work/copies/$name.txt"; done
expect 0 extract --stage=document "$work/copies"
text_of
cp "$work/text" "$work/with"
expect 0 extract --stage=document --no-evidence "$work/copies"
text_of
cmp -s "$work/text" "$work/with" || fail "copies are evidence against each other"

# two copies among others: their own text stays, the frame goes
cp "$seal" "$pages/seal-2.txt"
cp "$seal" "$pages/seal-3.txt"
expect 0 extract --stage=document "$pages"
text_has "seen again on Tuesday"
text_has "will speak of it in the town hall"
text_lacks "Rope store"
rm "$pages/seal-2.txt" "$pages/seal-3.txt"

# ---- index ----

expect 0 index "$pages"
expect 0 count rope
out_is 0
expect 0 count fishermen
out_is 6

# an update of one page needs no other page
story crab crab
expect 0 index "$pages"
expect 0 count rope
out_is 0
expect 0 count fishermen
out_is 7
story seal seal "Quayside"
expect 0 index "$pages"
err_has "1 changed"
expect 0 count rope
out_is 0

# nothing to do: nothing is written
find "$work/db" -type f ! -name lock -exec cksum {} + | sort >"$work/before"
expect 0 index "$pages"
find "$work/db" -type f ! -name lock -exec cksum {} + | sort >"$work/after"
cmp -s "$work/before" "$work/after" || fail "a run that has nothing to do writes"

# extract judges a page as the index does when it is named, and only then
cp -r "$pages" "$work/elsewhere"
expect 0 extract --stage=document --db "$work/db" "$seal"
text_lacks "Rope store"
(cd "$pages" && "$ocsearch" extract --stage=document --db "$work/db" ./seal.txt) >"$out" 2>"$err"
text_lacks "Rope store"
expect 0 extract --stage=blocks --db "$work/db" "$seal"
out_has '"seen":6,"site_pages":6,"text":"Rope store"'
expect 0 extract --stage=document "$seal"
text_has "Rope store"
expect 0 extract --stage=document --db "$work/db" "$work/elsewhere/seal.txt"
text_has "Rope store"
expect 2 extract --db "$work/db" --no-evidence "$seal"
expect 4 extract --db "$work/nothing" "$seal"

# any order of the sources gives the same documents
for order in one two; do
    sources=$(ls "$pages"/*.txt | { [ $order = one ] && sort || sort -r; })
    rm -rf "$work/db"
    # shellcheck disable=SC2086
    expect 0 index $sources
    expect 0 search --format=jsonl -n0 fishermen
    grep '"type":"doc"' "$out" | sort >"$work/$order"
done
same "$(wc -l <"$work/one")" 7
cmp -s "$work/one" "$work/two" || fail "the order of sources makes a difference"
finish
