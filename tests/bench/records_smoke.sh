# Does the measurement of records and databases still work?  It has a line for each step, both
# databases hold all pages, and documents that were kept are measured again.
#
#   records_smoke.sh OCSEARCH PAGEGEN RECORDS
. "$(dirname "$0")/../cli/lib.sh"
pagegen=$2
records=$3

"$pagegen" --count 40 --seed 6 --form mixed "$work/pages" || fail "pagegen failed"
mkdir "$work/kept"
"$records" "$work/kept" "$work/pages" >"$work/table" || fail "records failed"
grep -q '^40 documents of [1-9]' "$work/table" || fail "not all pages became documents"
for step in 'documents to records' 'records to database' both 'records to database, libxapian'; do
    grep -q "^$step  *[1-9]" "$work/table" || fail "no line for $step"
done

# The two hold the same: what one builder wrote the other one wrote, too.
for made in ours xapian; do
    mkdir "$work/$made"
    mv "$work/kept/$made" "$work/$made/gen-000001"
    ln -s gen-000001 "$work/$made/current"
    expect 0 search --db "$work/$made" --format=jsonl --limit=40 'the'
    grep -v '"type":"header"' "$work/out" | sed 's/"elapsed[^,}]*//' >"$work/$made.found"
    grep -c '"type":"doc"' "$work/out" >>"$work/$made.found"
done
cmp -s "$work/ours.found" "$work/xapian.found" || fail "the builders made different databases"

"$records" --builder=ours --rounds=2 "$work/kept" >"$work/again" || fail "no second measurement"
[ "$(head -n 1 "$work/again")" = "$(head -n 1 "$work/table")" ] || fail "other documents"
! grep -q libxapian "$work/again" || fail "--builder=ours measures libxapian"
finish
