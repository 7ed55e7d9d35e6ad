# Who held an office, and what somebody was: with dates, sentences and the bytes they stand at.
. "$(dirname "$0")/lib.sh"
make_index

# values EXPRESSION: of each holding r of the last output
values() {
    python3 -c '
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    record = json.loads(line)
    if record["type"] == "holding":
        print(eval(sys.argv[2], {"r": record}))' "$out" "$1"
}

# three languages name one office; the deputy holds another
expect 0 who head of mission to serbia --format=jsonl
same "$(values 'r["person"]["key"]')" henrik-solvang
same "$(values 'r["first"] + " " + r["last"]')" "2018-02-09 2018-03-12"
same "$(values 'len(r["wordings"])')" 2
tail -n 1 "$out" | grep -qF '"left_out":{"deputy":1}' || fail "the deputy is not told of"
expect 0 who Serbia MISSION head
out_has "Henrik Solvang"
err_has "'deputy', in 1 document"
expect 0 who deputy head of mission serbia --format=csv
out_lines 2
out_has "Ален"

# evidence leads to the bytes of the page
expect 0 who head of mission to serbia --format=jsonl
values '"\n".join(" ".join([e["id"], str(e["role"]["raw"][0]) + ".." + str(e["role"]["raw"][1]), e["role"]["text"]]) for e in r["evidence"])' >"$work/evidence"
[ -s "$work/evidence" ] || fail "no evidence"
grep Head "$work/evidence" >"$work/english"
while read -r id span text; do
    expect 0 show "$id" --bytes="$span"
    out_is "$text"
done <"$work/english"
[ -s "$work/english" ] || fail "no evidence in English"

# what the text names is what show takes
expect 0 who head of mission to serbia --query='lang:en'
place=$(grep -oE '[0-9a-f]{16} --bytes=[0-9]+\.\.[0-9]+' "$out" | head -n 1)
[ -n "$place" ] || fail "no place in the text"
expect 0 show $place
out_has "Henrik Solvang, Head of the OSCE Mission to Serbia"

# what somebody was
expect 0 who solvang --format=jsonl
same "$(values 'r["office"]["org"]["key"]')" osce-mission-to-serbia
expect 0 who --as=person solvang -e 0
out_lines 3

# on a day: between two mentions, or only near to one
expect 0 who head mission serbia --on=2018-02-20
out_has "between 2018-02-09 (11 days before) and 2018-03-12 (20 days after); nobody else is named"
expect 0 who head mission serbia --on=2018-03-12 --format=jsonl
same "$(values 'r["on"]["nearness"]')" stated
expect 0 who head mission serbia --on=2019-03-12
out_has "only nearest evidence: last named 2018-03-12, 365 days before"

# narrowed
expect 0 who head mission serbia --until=2018-02 --format=csv
out_lines 2
expect 0 who head mission serbia --query='lang:en' --format=tsv
out_lines 2
expect 1 who head mission serbia --since=2019
out_is_empty
expect 0 who head mission serbia --since=2019 --ok-empty
expect 1 who bishop
err_has "was taken for a role; --as=person takes it for a name"
expect 0 who head -n 1 --offset=1 --format=jsonl
out_lines 2

# mistakes
expect 2 who
expect 2 who '--'

# who was named the week before comes first, and then who was named years before and years after
mkdir "$work/held"
for at in "2001 Anna Bergström" "2019 Anna Bergström" "2010 Boris Lindqvist"; do
    printf 'A meeting about borders\n\nPARIS, 3 May %s - The guests met Ambassador %s, Head of the OSCE Mission to Georgia, for talks.\n' \
        "${at%% *}" "${at#* }" >"$work/held/${at%% *}.txt"
done
expect 0 index --db "$work/heldb" "$work/held"
expect 0 who head mission georgia --on=2010-05-08 --db "$work/heldb" --format=jsonl
same "$(values 'r["person"]["key"]')" "boris-lindqvist
anna-bergstrom"

expect 2 who head --on=2018-02
err_has "--on wants a day such as 2017-02-13"
expect 2 who head --since=yesterday
expect 2 who head --query='date:['
err_has "^"
expect 2 who '"!"'
expect 4 who head --db "$work/none"
finish
