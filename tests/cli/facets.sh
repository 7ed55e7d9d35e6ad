# Facets are what one counts by hand over all documents that match; the options that go with them.
. "$(dirname "$0")/lib.sh"
make_index

counted="person country org on on-year lang year month"
all=$(echo $counted | sed 's/\([a-z-]*\)/\1:0/g; s/ /,/g')

# by_hand OPTION...: facets of the query are those of its doc records
by_hand() {
    expect 0 search "$@" -n0 --all-copies --snippets=0 --format=jsonl
    cp "$out" "$work/docs"
    expect 0 search "$@" --no-hits --facet="$all" --format=tsv
    cut -f 1-3,5 "$out" | sed 1d >"$work/facets"
    for facet in $counted; do
        python3 "$here/facets.py" "$work/docs" "$facet"
    done >"$work/by_hand"
    [ -s "$work/by_hand" ] || fail "nothing to count by hand"
    cmp -s "$work/facets" "$work/by_hand" || {
        fail "facets are not what one counts by hand"
        diff "$work/facets" "$work/by_hand" | head -n 6
    }
}
by_hand crime
by_hand 'person:* OR country:*'
by_hand 'lang:sr'

# other rules for names than those of the index: counted from the documents
printf 'merge person: Merged = Marta Kovačić; Sebastian Kurz\nblock org: ODIHR\n' >"$work/rules"
by_hand 'person:* OR country:*' --aliases="$work/rules"
grep -q '^person	merged	Merged	' "$work/facets" || fail "the rules were not applied"
grep -q '^org	odihr	' "$work/facets" && fail "a blocked organisation is counted"
expect 0 index --aliases="$work/rules" --db "$work/ruled" "$work/pages"
cp "$work/facets" "$work/wanted"
by_hand 'person:* OR country:*' --aliases="$work/rules" --db "$work/ruled"
cmp -s "$work/facets" "$work/wanted" || fail "rules at indexing count otherwise than rules at asking"

# changes: pages that are edited, gone and new
sed -i 's/Serbia/Belarus/g' "$work/pages/01-f1a-press-release.txt"
rm "$work/pages/02-f1b-news-item-cut-lead.txt"
cp "$work/pages/13-f4-body-only.txt" "$work/pages/98-again.txt"
printf 'A page of the year 1999\n\nMINSK, 4 March 1999 - Zora Novak of Latvia spoke of crime.\n' \
    >"$work/pages/99-new.txt"
expect 0 index "$work/pages"
by_hand 'person:* OR country:*'
cp "$work/facets" "$work/changed"
for builder in auto xapian; do
    expect 0 index --db "$work/$builder" --builder=$builder "$work/pages"
    by_hand 'person:* OR country:*' --db "$work/$builder"
    cmp -s "$work/facets" "$work/changed" || fail "the $builder builder counts otherwise"
done
expect 0 entities --db "$work/xapian" -n0 --format=jsonl
cp "$out" "$work/entities"
expect 0 entities -n0 --format=jsonl
cmp -s "$out" "$work/entities" || fail "entities depend on the history of the index"

# two indexes together
mkdir "$work/half"
cp "$work"/pages/0* "$work/half"
expect 0 index --db "$work/first" "$work/half"
by_hand 'person:* OR country:*' --db "$work/first" --db "$work/xapian"

# the most frequent, with what is left out told
expect 0 search 'country:*' --facet=country:2,kind,year -n 1
out_has "country  2 of "
expect 0 search 'country:*' --facet=country:2 -n 1 --format=jsonl
[ "$(grep -c '"type":"facet"' "$out")" -eq 2 ] || fail "not two countries"
tail -n 1 "$out" | grep -q '"facets":\[{"facet":"country","shown":2,"distinct":[0-9]*}\]' ||
    fail "the summary does not tell of the facet"
expect 1 search zzzzzz --no-hits --facet=country
expect 0 search crime --no-hits --facet=country --format=text # no hits were asked for: not "0 of 5"
err_lacks " of "
expect 2 search crime --facet=counrty
err_has "did you mean 'country'"
expect 2 search crime --facet=country:x
expect 2 search crime --facet=country --format=csv
expect 2 search crime --no-hits

# --since and --until are date:.. beside the query
expect 0 count 'crime OR border' --since=2016 --until=2018-06
cp "$out" "$work/since"
expect 0 count '(crime OR border) date:2016..2018-06'
cmp -s "$out" "$work/since" || fail "--since is not date:.."
expect 0 entities --since=2016 --format=jsonl -n0
cp "$out" "$work/since"
expect 0 entities 'date:2016..' --format=jsonl -n0
cmp -s "$out" "$work/since" || fail "--since is not date:.. for entities"
expect 2 search crime --since=yesterday
expect 2 search crime --since=2018 --until=2017
expect 0 search crime --since=2018 --until=2018-01 --ok-empty
expect 2 search 'crime (' --since=2018
err_has 'crime ('

# --group
expect 2 search crime --all-copies --group=source
expect 0 search 'country:*' --group=none -n0 --format=jsonl
cp "$out" "$work/none"
expect 0 search 'country:*' --all-copies -n0 --format=jsonl
cmp -s "$out" "$work/none" || fail "--group=none is not --all-copies"
expect 0 search 'source:*' --group=source -n0 --format=jsonl
python3 - "$out" <<'P' || fail "--group=source shows a page none of whose sources is new"
import json, sys
seen = set()
for line in open(sys.argv[1], encoding="utf-8"):
    doc = json.loads(line)
    if doc["type"] == "doc":
        if not set(doc["source"]) - seen:
            sys.exit(1)
        seen |= set(doc["source"])
sys.exit(not seen)
P

# --time-limit: none, and one that is over at once
expect 0 search crime --time-limit=60 --format=jsonl
tail -n 1 "$out" | grep -q '"incomplete":false' || fail "a minute is not enough"
expect 3 search crime --time-limit=0.000001 --facet=country --format=jsonl
tail -n 1 "$out" | grep -q '"incomplete":true,"reason":"time limit"' || fail "not told in the summary"
out_lacks '"type":"facet"'

finish
