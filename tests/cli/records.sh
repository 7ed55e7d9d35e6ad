# Every record is what docs/ocsearch.schema.json says, the same run gives the same bytes, and raw
# offsets lead to the bytes of the page.
. "$(dirname "$0")/lib.sh"
make_index
schema=$root/docs/ocsearch.schema.json

# valid TYPE...: the last output is to be valid, and to have records of these types.  All are checked
# together in the end, for to start the checker takes longer than to check.
checks=0
valid() {
    echo "$@" | tr ' ' '\n' >>"$work/validated"
    checks=$((checks + 1))
    cp "$out" "$work/check$checks"
    printf '%s\t%s\t%s\n' "$work/check$checks" "$*" "$last" >>"$work/checks"
}

printf 'block place: Belgrade\nrename org: Nobody = Somebody\n' >"$work/rules"
for format in jsonl json; do
    expect 0 crime -n0 --format=$format
    valid header doc summary
    expect 0 'person:* country:*' -n0 --explain --format=$format
    valid header doc summary
    expect 1 zzzzzz --format=$format
    valid header summary
    expect 1 'organzied crmie' --format=$format
    valid header summary
    out_has '"suggestions":[{'
    expect 0 crime --format=$format --facet=person,place,country,org,on,on-year,kind,source,topic,lang,site,year,month
    valid header doc facet summary
    expect 3 crime --format=$format --time-limit=0.0000001
    valid header summary
    expect 0 count crime --format=$format
    valid count
    printf 'a\tcrime\n# no\n\nb\tnofield:x\n' >"$work/batch"
    expect 3 count --batch="$work/batch" --format=$format
    valid count error counts
    expect 3 search --batch="$work/batch" --format=jsonl -n2
    valid header doc summary error
    for fields in title,rank id,path,url,kind,lang,encoding,repairs,date,place,source,topic,text,empty; do
        expect 0 crime -n3 --format=$format --fields=$fields
        valid --fields header doc summary
    done
    expect 0 entities -n0 --type=person,org,place,country,date --format=$format
    valid entity entities
    expect 0 kwic 'crime OR person:*' --format=$format
    valid kwic concordance
    expect 1 why-not "$work/pages/01-f1a-press-release.txt" 'police SENT(crime zzzzzz)' --format=$format
    valid why-not
    expect 0 who head -n0 --format=$format
    valid holding who
    expect 0 who head -n0 --on=2018-03-01 --format=$format
    valid holding who
    expect 0 pairs -n100 --type=person,org,place,country,date --within=document --format=$format
    valid pair pairs
    expect 0 timeline -n0 --by=day --format=$format
    valid bar event timeline
    expect 0 alias test "$work/rules" --format=$format
    valid alias
    printf 'c crime\nlost\n' >"$work/saved"
    expect 3 saved list --saved-file="$work/saved" --format=$format
    valid saved error
    expect 0 saved run c --saved-file="$work/saved" --state-dir="$work/seen-$format" --new --format=$format
    valid header doc summary
    expect 0 similar "$work/pages/01-f1a-press-release.txt" --all-copies --format=$format
    valid doc similar
    expect 0 status -v --format=$format
    valid status
    expect 0 show "$work/pages/01-f1a-press-release.txt" --format=$format
    valid doc
    expect 0 show "$work/pages/01-f1a-press-release.txt" --bytes=10..20 --format=$format
    valid bytes
    out_has '"raw":[10,20]'
    out_has '"unchanged":true'
    expect 0 extract "$work/pages" --format=$format
    valid doc
    expect 0 extract "$work/pages" --stage=document --format=$format
    valid doc
    expect 0 extract "$work/pages" --stage=blocks --format=$format
    valid block
    expect 0 extract "$work/pages" --audit --format=$format
    valid audit audit-site
    expect 0 audit "$work/pages" --format=$format
    valid audit audit-site
    expect 0 audit --format=$format
    valid audit audit-site audit-index
    expect 3 extract "$work/gone.txt" "$work/pages/14-f5-list.txt" --format=$format
    valid error doc
done
mkfifo "$work/pages/pipe.txt" # no page, and refused
rm "$work/pages/13-f4-body-only.txt"
expect 3 index --report="$work/report" "$work/pages"
cp "$work/report" "$out"
valid page
rm "$work/pages/pipe.txt"

# an audit of pages that are not what was indexed
echo >>"$work/pages/14-f5-list.txt"
rm "$work/pages/02-f1b-news-item-cut-lead.txt"
expect 3 audit --format=jsonl
valid error audit audit-site audit-index

python3 "$here/records.py" check-all "$schema" "$work/checks" >"$work/verdict" 2>&1 ||
    fail "$(cat "$work/verdict")"

# the checker itself must be able to say no
echo '{"type":"count","schema":1,"query":"x","matches":-1}' >"$out"
! python3 "$here/records.py" check "$schema" "$out" count >"$work/verdict" 2>&1 ||
    fail "the schema takes a negative count"
echo '{"type":"doc","id":"x"}' >"$out"
! python3 "$here/records.py" check "$schema" "$out" doc >"$work/verdict" 2>&1 ||
    fail "the schema takes half a document"
printf '%s\tcount\tthe first\n%s\tcount\tthe second\n' "$out" "$out" >"$work/checks"
! python3 "$here/records.py" check-all "$schema" "$work/checks" >"$work/verdict" 2>&1 ||
    fail "many files are checked less than one"
grep -q '^the second: record 1' "$work/verdict" || fail "it is not told which file is wrong"

# The manual page describes the types of the schema in the same order, each with all its keys; and each
# was validated above.
python3 "$here/records.py" types "$schema" "$root/docs/ocsearch-json.5" >"$work/types" 2>"$err" ||
    fail "the manual page is not of the schema: $(cat "$work/types")"
err_is_empty
sort "$work/types" >"$work/wanted"
grep -vx -e --fields "$work/validated" | sort -u | diff "$work/wanted" - || fail "types of the schema (<), and tried (>)"

# rows
for format in csv tsv; do
    expect 0 kwic 'crime OR person:*' --format=$format
    python3 "$here/records.py" rows $format "$out" >"$work/verdict" 2>&1 ||
        fail "$(cat "$work/verdict")"
    for words in "who head -n0" "pairs -n0" "timeline -n0" "timeline -n0 --events"; do
        expect 0 $words --format=$format
        python3 "$here/records.py" rows $format "$out" >"$work/verdict" 2>&1 ||
            fail "$(cat "$work/verdict")"
    done
    expect 0 entities -n0 --format=$format
    python3 "$here/records.py" rows $format "$out" >"$work/verdict" 2>&1 ||
        fail "$(cat "$work/verdict")"
    expect 0 crime -n0 --format=$format
    python3 "$here/records.py" rows $format "$out" >"$work/verdict" 2>&1 ||
        fail "$(cat "$work/verdict")"
done

# the same again
for words in "crime -n0 --format=jsonl --explain" "crime -n0" "who head -n0" "pairs -n0" "timeline -n0 -e" "extract $work/pages"; do
    expect 0 $words
    cp "$out" "$work/first"
    expect 0 $words
    cmp -s "$out" "$work/first" || fail "not the same again"
done

# what a span says is what the page has there
expect 0 extract "$work/pages/01-f1a-press-release.txt"
python3 "$here/records.py" spans "$out" >"$work/spans" 2>"$err" || fail "spans do not hold"
[ "$(wc -l <"$work/spans")" -ge 5 ] || fail "too few spans to prove anything"
while IFS='	' read -r id span surface; do
    expect 0 show "$id" --bytes="$span"
    out_is "$surface"
done <"$work/spans"

# a page that is no longer what was indexed: bytes and a warning
echo >>"$work/pages/01-f1a-press-release.txt"
expect 3 show "$work/pages/01-f1a-press-release.txt" --bytes=0..1
err_has "has changed"
[ -s "$out" ] || fail "no bytes"
finish
